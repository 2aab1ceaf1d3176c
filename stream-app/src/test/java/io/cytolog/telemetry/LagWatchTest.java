// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LagWatchTest {

    private static final Lag SEVEN =
            new Lag(Map.of(new TopicPartition("images.captured", 0), 7L), Duration.ofSeconds(1));

    private final ScriptedProbe probe = new ScriptedProbe();
    private final Telemetry telemetry = new Telemetry();
    private final LagWatch watch = new LagWatch(probe, telemetry.lag(), Duration.ofMillis(1));

    @Test
    void forgetsTheLagWhenTheBrokerFallsSilentAndLearnsItAgain() {
        // Given
        watch.start();
        probe.answers.add(Optional.of(SEVEN));
        await().untilAsserted(() -> assertThat(watch.latest()).contains(SEVEN));

        // When
        probe.answers.add(Optional.empty());

        // Then
        await().untilAsserted(() -> assertThat(watch.latest()).isEmpty());
        probe.answers.add(Optional.of(SEVEN));
        await().untilAsserted(() -> assertThat(watch.latest()).contains(SEVEN));
        watch.close();
    }

    @Test
    void closesItsProbeThoughAReadingHangs() {
        // Given
        watch.start();

        // When
        watch.close();

        // Then
        assertThat(probe.closed).isTrue();
    }

    @Test
    void leavesAProbeAloneThatIsClosing() {
        // Given: readings that take no time, and clients that take some to close
        AtomicBoolean disturbed = new AtomicBoolean();
        LagProbe slow =
                new LagProbe() {
                    @Override
                    public Lag read() {
                        return SEVEN;
                    }

                    @Override
                    public void close() {
                        try {
                            Thread.sleep(Duration.ofMillis(200));
                        } catch (InterruptedException e) {
                            disturbed.set(true);
                        }
                    }
                };
        LagWatch steady = new LagWatch(slow, telemetry.lag(), Duration.ofSeconds(60));
        steady.start();
        await().untilAsserted(() -> assertThat(steady.latest()).contains(SEVEN));

        // When
        steady.close();

        // Then
        assertThat(disturbed).isFalse();
    }

    @Test
    void sumsOneTopicOnly() {
        Lag lag =
                new Lag(
                        Map.of(
                                new TopicPartition("images.captured", 0), 7L,
                                new TopicPartition("images.captured", 1), 2L,
                                new TopicPartition("images.annotated", 0), 100L),
                        Duration.ZERO);

        assertThat(lag.recordsOf("images.captured")).isEqualTo(9);
    }

    /** Hands out what a test says; waits when it says nothing. An empty answer is a failure. */
    private static final class ScriptedProbe implements LagProbe {

        private final BlockingQueue<Optional<Lag>> answers = new LinkedBlockingQueue<>();
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public Lag read() throws InterruptedException {
            return answers.take().orElseThrow(() -> new KafkaException("silent"));
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
