// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Teachers' shares beside labels. */
class LessonsTest {

    @Test
    void givesTheRowsOfTheCellsOfABatch() {
        Lessons lessons = new Lessons(new float[] {0.1f, 0.9f, 0.2f, 0.8f, 0.3f, 0.7f}, 0.5);

        assertThat(lessons.of(List.of(2, 0, 2), 2))
                .containsExactly(0.3f, 0.7f, 0.1f, 0.9f, 0.3f, 0.7f);
    }

    @Test
    void takesThePlaceOfAPartOfTheLabelsAndOfNothingElse() {
        float[] one = {1};
        Targets labelled = new Targets(new float[] {0.96f, 0.04f}, one, one, one, one, one);

        Targets taught = labelled.taught(new float[] {0.2f, 0.8f}, 0.25);

        assertThat(taught.findings()).containsExactly(new float[] {0.77f, 0.23f}, within(1e-6f));
        assertThat(taught.values()).isSameAs(labelled.values());
        assertThat(taught.positives()).isSameAs(labelled.positives());
        assertThat(labelled.taught(new float[] {0.2f, 0.8f}, 1).findings())
                .containsExactly(new float[] {0.2f, 0.8f}, within(1e-6f));
    }

    @Test
    void refusesAWeightOutOfBounds() {
        for (double weight : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Lessons(new float[0], weight))
                    .hasMessageContaining("give 0 to 1");
        }
    }
}
