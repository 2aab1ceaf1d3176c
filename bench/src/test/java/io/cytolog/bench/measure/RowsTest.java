// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.bench.feed.ImageSet;
import io.cytolog.bench.feed.Picture;
import io.cytolog.bench.release.SizedRelease;
import io.cytolog.bench.workload.CellWorker;
import io.cytolog.event.ImageAnnotated;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row is a program that does the work: it says of 40 images what the plain loop says. */
class RowsTest {

    private static final int IMAGES = 40;
    private static final int SIDE = 64;

    @TempDir private static Path work;

    private static final Plan PLAN =
            new Plan(
                    1,
                    8,
                    Duration.ofMillis(100),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(1),
                    "768m",
                    List.of(),
                    List.of());

    private static Stand stand;
    private static Path release;
    private static Path folder;
    private static ImageSet images;

    @BeforeAll
    static void start() throws Exception {
        stand = Stand.start(work);
        release = SizedRelease.of(Home.located().release(), SIDE, work);
        folder = Picture.SMALL.folder(work);
        images = ImageSet.read(folder);
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"EXACTLY_ONCE", "AT_LEAST_ONCE", "NAIVE", "PARALLEL_CONSUMER", "FLINK"})
    void answersEveryImageOnceAsThePlainLoopDoes(Row row) throws Exception {
        // When
        try (RowRun run = new RowRun(stand, row, PLAN, release, images, work, IMAGES)) {
            boolean all = run.awaitAll(Duration.ofSeconds(60));

            // Then
            assertThat(all).as("all have a result").isTrue();
            assertThat(run.findings()).isEqualTo(ofThePlainLoop());
            assertThat(run.rejected()).as("turned away").isZero();
            assertThat(run.repeated()).as("repeated").isZero();
        }
    }

    @Test
    void theLimitCountsWhatItDid() throws Exception {
        // When
        Limit limit = Limit.measure(PLAN, release, folder, work);

        // Then
        assertThat(limit.window().images()).isPositive();
        assertThat(limit.window().cpu()).isPositive();
        assertThat(limit.window().length()).isGreaterThanOrEqualTo(PLAN.point());
    }

    private static Map<Integer, String> ofThePlainLoop() throws Exception {
        try (CellWorker worker = CellWorker.open(release, IMAGES)) {
            List<ImageAnnotated> results = worker.annotate(images.captured().subList(0, IMAGES));
            Map<Integer, String> findings = new HashMap<>();
            for (int i = 0; i < IMAGES; i++) {
                findings.put(i, results.get(i).getCells().getFirst().getCandidate());
            }
            return findings;
        }
    }
}
