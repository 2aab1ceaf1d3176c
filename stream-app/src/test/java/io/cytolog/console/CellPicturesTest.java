// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.annotate.ResultId;
import io.cytolog.image.CellPixels;
import io.cytolog.telemetry.Annotations;
import org.junit.jupiter.api.Test;

class CellPicturesTest {

    private static final int CELL_BYTES = 48;

    private final CellPictures pictures = new CellPictures(3 * CELL_BYTES);

    @Test
    void throwsOutTheOldestWhenFull() {
        // When
        for (int i = 0; i < 5; i++) {
            put(i);
        }

        // Then
        assertThat(pictures.find(id(1).value(), 0)).isEmpty();
        assertThat(pictures.find(id(2).value(), 0)).isPresent();
        assertThat(pictures.find(id(4).value(), 0)).isPresent();
        assertThat(pictures.find(id(4).value(), 1)).isEmpty();
    }

    @Test
    void countsAResultThatComesAgainOnce() {
        // Given
        put(0);
        put(1);

        // When
        for (int i = 0; i < 10; i++) {
            put(2);
        }

        // Then
        assertThat(pictures.find(id(0).value(), 0)).isPresent();
    }

    private void put(int number) {
        pictures.annotated(
                Annotations.prepared(new CellPixels(4, new byte[CELL_BYTES])),
                Annotations.abstained(id(number)));
    }

    private static ResultId id(int number) {
        return new ResultId("%064x".formatted(number));
    }
}
