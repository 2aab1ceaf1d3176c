// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cytolog.batch.Priority;
import io.cytolog.image.Rejection;
import io.cytolog.image.RejectionReason;
import io.cytolog.image.RejectionStage;
import io.cytolog.release.ReleaseId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds the names that dashboards and alerts read. */
class TelemetryTest {

    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    private final Telemetry telemetry = new Telemetry();

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void showsTheAgreedNames() {
        // Given
        exerciseEveryMeter();

        // When
        String text = telemetry.scrape();

        // Then
        assertThat(text)
                .contains(
                        "cytolog_images_total{outcome=\"annotated\"} 1.0",
                        "cytolog_images_total{outcome=\"rejected\"} 1.0",
                        "cytolog_cells_total{abstained=\"true\",finding=\"unidentified\"} 1.0",
                        "cytolog_images_rejected_total{reason=\"not-an-image\",stage=\"gate\"} 1.0",
                        "cytolog_batch_size_bucket{le=\"8.0\"} 1",
                        "cytolog_batch_wait_seconds_count 1",
                        "cytolog_lane_wait_seconds_bucket{lane=\"stat\",le=\"0.005\"} 1",
                        "cytolog_lane_wait_seconds_bucket{lane=\"routine\",le=\"1.0\"} 1",
                        "cytolog_session_run_seconds_sum 0.02",
                        "cytolog_arrival_to_committed_seconds_bucket{le=\"0.1\"} 1",
                        "cytolog_queue_bytes 4096.0",
                        "cytolog_in_flight_images 3.0",
                        "cytolog_held_bytes 8192.0",
                        "cytolog_barrier_wait_seconds_count 1",
                        "cytolog_consumer_lag_records{partition=\"0\",topic=\"images.captured\"}"
                                + " 7.0",
                        "cytolog_time_lag_seconds 1.5",
                        "cytolog_release_info{bank_version=\"1\",release_id=\""
                                + "b".repeat(64)
                                + "\"} 1")
                .doesNotContain("release_id=\"" + "a".repeat(64));
    }

    @Test
    void showsNoLagWhenTheBrokerIsSilent() {
        // Given
        exerciseEveryMeter();

        // When
        telemetry.lag().lagUnknown();

        // Then
        assertThat(telemetry.scrape())
                .doesNotContain("cytolog_consumer_lag_records{")
                .contains("cytolog_time_lag_seconds NaN");
    }

    @Test
    void pleasesPromtool() throws IOException, InterruptedException {
        // Given
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed: format not checked");
        exerciseEveryMeter();
        Process promtool =
                new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                        .redirectErrorStream(true)
                        .start();

        // When
        try (var in = promtool.getOutputStream()) {
            in.write(telemetry.scrape().getBytes(StandardCharsets.UTF_8));
        }
        String remarks =
                new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(remarks).isEmpty();
        assertThat(promtool.waitFor()).isZero();
    }

    private void exerciseEveryMeter() {
        telemetry.batch().batchRan(5, Duration.ofMillis(3), Duration.ofMillis(20));
        telemetry.batch().imageLeft(Priority.STAT, Duration.ofMillis(3));
        telemetry.batch().imageLeft(Priority.ROUTINE, Duration.ofMillis(700));
        telemetry.batch().queueChanged(4096);
        telemetry.flow().inFlightChanged(4);
        telemetry.flow().inFlightChanged(-1);
        telemetry.flow().heldChanged(8192);
        telemetry.flow().barrierWaited(Duration.ofMillis(9));
        telemetry
                .flow()
                .rejected(
                        new Rejection(
                                RejectionStage.GATE, RejectionReason.NOT_AN_IMAGE, "not an image"));
        telemetry.flow().annotated(Annotations.prepared(), Annotations.abstained());
        telemetry.committed(Duration.ofMillis(70));
        telemetry.serving().serving(new ReleaseId("a".repeat(64)), "1");
        telemetry.serving().serving(new ReleaseId("b".repeat(64)), "1");
        telemetry
                .lag()
                .lagRead(
                        new Lag(
                                Map.of(new TopicPartition("images.captured", 0), 7L),
                                Duration.ofMillis(1_500)));
    }
}
