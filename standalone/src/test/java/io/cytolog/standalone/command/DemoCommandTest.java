// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.standalone.Loopback;
import io.cytolog.standalone.Pictures;
import io.cytolog.standalone.TinyRelease;
import java.awt.Color;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code demo} refuses: one line, exit code 2, before anything is started or made. */
class DemoCommandTest {

    @TempDir Path work;

    private Path images;
    private Path release;
    private Path out;

    @BeforeEach
    void layFolders() throws IOException {
        images = work.resolve("images");
        release = work.resolve("release");
        out = work.resolve("out");
        TinyRelease.write(release);
        Pictures.cell(images.resolve("cell.png"), Color.BLUE);
    }

    @Test
    void refusesAMissingFolderOfImages() {
        // When
        Run run = demo("--images", work.resolve("none"), "--release", release, "--port", 0);

        // Then
        assertRefused(run, "--images=", "none", "does not exist");
    }

    @Test
    void refusesAFolderWithoutImagesWhenItIsToEnd() throws IOException {
        // Given
        Path empty = Files.createDirectory(work.resolve("empty"));

        // When
        Run run = demo("--images", empty, "--release", release, "--port", 0, "--exit-when-done");

        // Then
        assertRefused(run, "holds no image");
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST))) {
            // When
            Run run =
                    demo("--images", images, "--release", release, "--port", taken.getLocalPort());

            // Then
            assertRefused(run, "--port=" + taken.getLocalPort(), "taken", "another port");
        }
    }

    @Test
    void refusesADamagedRelease() throws IOException {
        // Given
        Files.writeString(release.resolve("bank.json"), "{}");

        // When
        Run run = demo("--images", images, "--release", release, "--port", 0);

        // Then
        assertRefused(run, "--release", "bank.json", "digest");
    }

    @Test
    void namesEveryMistakeAtOnce() {
        // When
        Run run =
                demo(
                        "--images",
                        "no-folder",
                        "--release",
                        "no-release",
                        "--port",
                        70_000,
                        "--stall-seconds",
                        0);

        // Then
        assertRefused(run, "no-folder", "no-release", "--port=70000", "--stall-seconds=0");
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        // When
        Run run = demo("--image", images);

        // Then
        assertRefused(run, "--image", "--images");
    }

    private Run demo(Object... options) {
        var all = new Object[options.length + 3];
        all[0] = "demo";
        all[1] = "--out";
        all[2] = out;
        System.arraycopy(options, 0, all, 3, options.length);
        return Run.of(all);
    }

    private void assertRefused(Run run, String... words) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).singleElement().asString().contains(words);
        assertThat(out).doesNotExist();
    }
}
