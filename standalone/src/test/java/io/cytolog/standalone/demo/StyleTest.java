// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines stay aligned and inside the terminal. */
class StyleTest {

    @Test
    void keepsTheEndOfANameThatIsTooLong() {
        // When
        String fitted = Style.PLAIN.fit("SYN-26-0001-A-1", 8);

        // Then
        assertThat(fitted).isEqualTo("~001-A-1").hasSize(8);
    }

    @Test
    void cutsASentenceAtTheEdgeOfTheTerminal() {
        // Given
        var narrow = new Style(false, true, 20);

        // When
        String rest = narrow.rest("a nucleus with three lobes", 10);

        // Then
        assertThat(rest).hasSize(10).endsWith("\u2026");
    }

    @Test
    void leavesLinesOfAFileWhole() {
        assertThat(Style.PLAIN.rest("a nucleus with three lobes", 500)).endsWith("lobes");
    }

    @Test
    void writesNoEscapeCodesWithoutColour() {
        assertThat(Style.PLAIN.in(Style.Tone.BAD, "x")).isEqualTo("x");
    }
}
