// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cytolog.event.ImageAnnotated;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks at the page as a person would: in a browser, headless. */
class ConsolePageTest {

    private static Browser browser;

    private RunningConsole console;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void visit() {
        console = new RunningConsole();
        browser.complaints();
        browser.visit(console.url("/"), 1280, 900);
    }

    @AfterEach
    void close() {
        browser.leave();
        console.close();
    }

    @Test
    void showsResultsAsTheyAreCommitted() {
        // Given
        eventually().until(() -> browser.text("#link").equals("live"));
        assertThat(browser.text("#empty")).contains("No results yet");

        // When
        console.cell(0);

        // Then
        eventually().until(() -> browser.all(".result").size() == 1);
        assertThat(browser.text(".sentence")).startsWith("A mature neutrophil");
        assertThat(browser.text(".finding")).isEqualTo("Segmented neutrophil");
        assertThat(browser.text(".probability")).isEqualTo("78 %");
        assertThat(browser.text(".meta")).contains("S26-0417-A1", "synthetic_cell_000.png");
        assertThat(browser.one("#empty").isDisplayed()).isFalse();
        assertThat(browser.text("#release")).isEqualTo(SyntheticFeed.RELEASE.substring(0, 12));
        eventually().until(() -> browser.text("#cells").equals("1"));
        assertThat(browser.text(".intended")).contains("preliminary");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsThePictureOfTheCell() {
        // When
        console.cell(1);

        // Then
        eventually()
                .until(
                        () ->
                                browser.script(
                                                "return document.querySelector('.picture"
                                                        + " img')?.naturalWidth ?? 0")
                                        .equals(128L));
    }

    @Test
    void saysSoWhereAPictureIsNotKept() {
        // When
        console.withoutPicture(1);

        // Then
        eventually()
                .untilAsserted(
                        () -> assertThat(browser.text(".picture")).isEqualTo("no picture kept"));
    }

    @Test
    void saysWhyACellIsUnidentified() {
        // When
        console.cell(2);

        // Then
        eventually()
                .untilAsserted(
                        () ->
                                assertThat(browser.text(".abstained .finding"))
                                        .isEqualTo(
                                                "unidentified – two findings fit almost equally"
                                                        + " well"));
    }

    @Test
    void marksWhatAPersonMustSeeFirst() {
        // When
        console.cell(5);

        // Then
        eventually()
                .untilAsserted(
                        () ->
                                assertThat(browser.text(".review"))
                                        .isEqualTo("for a person to see first"));
    }

    @Test
    void foldsALargeFieldUntilAsked() {
        // Given
        console.field(7, 30);
        eventually().until(() -> browser.all(".cell").size() == 8);

        // When
        browser.one("details summary").click();

        // Then
        eventually().until(() -> browser.all(".cell").size() == ResultView.MOST_CELLS);
        assertThat(browser.text("details")).contains("another 6");
    }

    @Test
    void holdsStillWhilePausedAndCatchesUp() {
        // Given
        console.cell(0);
        eventually().until(() -> browser.all(".result").size() == 1);
        browser.one("#pause").click();

        // When
        console.cell(1);
        console.cell(2);

        // Then
        eventually().until(() -> browser.text("#pause").equals("Resume (2 new)"));
        assertThat(browser.all(".result")).hasSize(1);
        browser.one("#pause").click();
        eventually().until(() -> browser.all(".result").size() == 3);
        assertThat(browser.text("#pause")).isEqualTo("Pause");
    }

    @Test
    void listsRejectionsAndSlides() {
        // When
        console.rejection(4);
        console.summary(0);

        // Then
        eventually().until(() -> browser.all("#rejections li").size() == 1);
        assertThat(browser.text("#rejections li"))
                .contains("synthetic_cut_004.jpg", "truncated", "gate", "send it again");
        eventually().until(() -> browser.all("#slides tr").size() == 1);
        assertThat(browser.text("#slides tr"))
                .contains("S26-0417-A1", "preliminary", "Segmented neutrophil 61", "112");
        eventually().until(() -> browser.text("#rejected").equals("1"));
    }

    @Test
    void takesMarkupInResultsForText() {
        // Given
        ImageAnnotated result =
                ImageAnnotated.newBuilder(SyntheticFeed.cell(0, Instant.now()))
                        .setSourceName("<img src=x onerror=\"document.title='broken in'\">")
                        .build();

        // When
        console.publish(result);

        // Then
        eventually().until(() -> browser.all(".result").size() == 1);
        assertThat(browser.text(".meta .file")).startsWith("<img src=x");
        assertThat(browser.script("return document.title")).isEqualTo("Cytolog");
    }

    @Test
    void fitsASmallerWindow() {
        // Given
        console.field(7, 12);
        console.rejection(3);

        // When
        browser.visit(console.url("/"), 800, 900);

        // Then
        eventually().until(() -> browser.all(".result").size() == 1);
        assertThat(
                        browser.script(
                                "return document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void boundsWhatItShows() {
        // When
        for (int i = 0; i < 120; i++) {
            console.withoutPicture(i);
        }

        // Then
        eventually()
                .until(
                        () ->
                                browser.all(".result").size() == 40
                                        && browser.text(".result .file").endsWith("_119.png"));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(20)).ignoreExceptions();
    }
}
