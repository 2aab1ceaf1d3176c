// Licensed under the Apache License, Version 2.0.
package io.cytolog.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

    @Test
    void scalesToUnitLengthAndMeasuresTheCosine() {
        Embedding along = Embedding.normalised(new float[] {3, 4});
        Embedding across = Embedding.normalised(new float[] {-4, 3});
        assertThat(along.values()).containsExactly(0.6f, 0.8f);
        assertThat(along.similarity(along)).isEqualTo(1, Offset.offset(1e-6));
        assertThat(along.similarity(across)).isEqualTo(0, Offset.offset(1e-6));
    }

    @Test
    void refusesWhatHasNoUnitLength() {
        assertThatThrownBy(() -> Embedding.ofUnit(new float[] {1, 1}))
                .hasMessageContaining("not 1");
        assertThatThrownBy(() -> Embedding.ofUnit(new float[] {Float.NaN}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Embedding.normalised(new float[] {0, 0}))
                .hasMessageContaining("no direction");
        assertThatThrownBy(() -> Embedding.normalised(new float[] {Float.POSITIVE_INFINITY}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cannotBeChangedFromOutside() {
        // Given
        float[] values = {1, 0};
        Embedding embedding = Embedding.ofUnit(values);

        // When
        values[0] = 9;
        embedding.values()[1] = 9;

        // Then
        assertThat(embedding.values()).containsExactly(1, 0);
    }

    @Test
    void refusesToCompareDifferentDimensions() {
        Embedding two = Embedding.ofUnit(new float[] {1, 0});
        Embedding three = Embedding.ofUnit(new float[] {1, 0, 0});
        assertThatThrownBy(() -> two.similarity(three)).hasMessageContaining("2 and 3");
    }
}
