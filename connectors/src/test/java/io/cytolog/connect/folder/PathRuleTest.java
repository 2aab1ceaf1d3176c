// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a path becomes accession, specimen and slide. */
class PathRuleTest {
    @ParameterizedTest
    @CsvSource({
        "a.jpg, '', '', inbox",
        "S1/a.jpg, '', '', S1",
        "ACC/S1/a.jpg, ACC, '', S1",
        "ACC/SP/S1/a.jpg, ACC, SP, S1",
        "2026/11/ACC/SP/S1/a.jpg, ACC, SP, S1",
    })
    void readsFoldersFromTheInnermostOutwards(
            String path, String accession, String specimen, String slide) {
        // Given
        PathRule rule = PathRule.of("", "inbox");
        // When
        SlideAddress address = rule.place(path);
        // Then
        assertThat(address)
                .isEqualTo(new SlideAddress(accession, specimen, slide, null, false, true));
    }

    @Test
    void readsNamedGroups() {
        // Given
        PathRule rule =
                PathRule.of(
                        "(?<priority>stat|routine)/(?<accession>[^_]+)_(?<slide>[^_]+)_"
                                + "(?<field>\\d+)\\.png",
                        "inbox");
        // When
        SlideAddress address = rule.place("stat/26-17_B2_004.png");
        // Then
        assertThat(address).isEqualTo(new SlideAddress("26-17", "", "B2", "004", true, true));
    }

    @Test
    void creditsNoCaseWhenThePathBreaksTheRule() {
        // Given
        PathRule rule = PathRule.of("(?<accession>\\d+)/(?<slide>\\w+)/.*", "inbox");
        // When
        SlideAddress address = rule.place("someone's/folder/x.png");
        // Then
        assertThat(address)
                .isEqualTo(new SlideAddress("", "", "someone's/folder", null, false, false));
    }

    @Test
    void qualifiesASlideByItsCase() {
        // Given
        SlideAddress address = new SlideAddress("ACC", "", "1", null, false, true);
        // When
        SlideAddress qualified = address.qualified();
        // Then
        assertThat(qualified.slide()).isEqualTo("ACC/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?<accession>.*)", "(?<slide>.*", "(?<slide>.)(?<patient>.*)"})
    void refusesARuleThatCouldNotPlaceAFile(String regex) {
        assertThatThrownBy(() -> PathRule.VALIDATOR.ensureValid("path.rule", regex))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("path.rule")
                .message()
                .hasLineCount(1);
    }
}
