// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.batch.BatchListener;
import io.cytolog.batch.BatchPolicy;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a release's own batches are like. */
class ServedReleaseTest {

    private final List<Integer> opened = new ArrayList<>();

    /** A network that sees each cell eight times gets an eighth of the cells in a run. */
    @ParameterizedTest
    @CsvSource({"1, 32, 32", "2, 32, 16", "8, 32, 4", "8, 12, 1", "8, 4, 1"})
    void countsWhatTheNetworkSees(int orientations, int maxSize, int cells) throws Exception {
        // Given
        Release release = ColourRelease.release(new ReleaseId("b".repeat(64)), orientations);

        // When
        try (ServedRelease served =
                ServedRelease.start(
                        release,
                        (read, maxBatch) -> {
                            opened.add(maxBatch);
                            return ColourRelease.annotator(maxBatch);
                        },
                        new BatchPolicy(
                                maxSize, Duration.ofMillis(1), 1 << 20, Duration.ofSeconds(2)),
                        new ImageGate(ImageLimits.DEFAULT),
                        field -> List.of(),
                        InstantSource.system(),
                        BatchListener.NONE)) {
            served.ready().get();
        }

        // Then
        assertThat(opened).containsExactly(cells);
    }
}
