// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/** What is remembered of published files, and what it costs. */
class LedgerTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final Map<Map<String, String>, Map<String, Object>> stored = new HashMap<>();
    private final Ledger ledger = ledger();

    @Test
    void knowsAfterARestartWhatWasPublishedBefore() {
        // Given
        publish(file("s/a.png", 1));
        publish(file("s/b.png", 1));
        // When
        Ledger next = restarted();
        // Then
        assertThat(next.holds(file("s/a.png", 1))).isTrue();
        assertThat(next.holds(file("s/b.png", 1))).isTrue();
        assertThat(next.holds(file("s/c.png", 1))).isFalse();
        assertThat(next.holds(file("s/a.png", 2))).isFalse();
        assertThat(next.holdsContent("s/a.png", "digest of s/a.png")).isTrue();
        assertThat(next.holdsContent("s/a.png", "another")).isFalse();
    }

    @Test
    void takesAFileThatArrivesWithAnOlderTimeThanItsNeighbours() {
        // Given
        publish(file("s/z.png", 100));
        // When
        Ledger next = restarted();
        // Then
        assertThat(next.holds(file("s/a.png", 5))).isFalse();
    }

    @Test
    void keepsAFixedNumberOfPartitionsWhateverIsPublished() {
        // Given
        for (int i = 0; i < 5_000; i++) {
            publish(file("case%d/slide%d/f%d.png".formatted(i % 300, i % 700, i), 1));
        }
        // Then
        assertThat(ledger.partitions()).hasSize(1024).doesNotHaveDuplicates();
        assertThat(ledger.partitions()).containsAll(stored.keySet());
        assertThat(restarted().size()).isEqualTo(5_000);
    }

    @Test
    void forgetsAFileOnlyAfterItWasGoneForLong() {
        // Given
        publish(file("s/a.png", 1));
        // When a scan does not see it, and then it is back
        scan(0);
        scan(DAY.toNanos() - 1);
        // Then
        assertThat(ledger.size()).isEqualTo(1);
        // When
        scan(DAY.toNanos());
        // Then
        assertThat(ledger.size()).isZero();
    }

    @Test
    void startsTheCountAnewWhenAFileIsBack() {
        // Given
        publish(file("s/a.png", 1));
        scan(0);
        // When
        ledger.beginScan();
        ledger.holds(file("s/a.png", 1));
        ledger.endScan(DAY.toNanos() / 2);
        scan(DAY.toNanos());
        // Then
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void refusesAnOffsetThatIsNotItsOwn() {
        // Given
        Map<String, String> partition = ledger.partitions().getFirst();
        stored.put(partition, Map.of("files", "not ours"));
        // When, Then
        assertThatThrownBy(this::restarted)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("reset the connector's offsets");
    }

    @Test
    void sharesFoldersAmongTasksWithoutOverlap() {
        // Given
        List<Lanes> tasks =
                Lanes.shared(3).stream().map(s -> Lanes.parse(List.of(s.split(",")))).toList();
        // When
        Set<Integer> all = new HashSet<>();
        int sum = 0;
        for (Lanes task : tasks) {
            all.addAll(task.buckets());
            sum += task.buckets().size();
        }
        // Then
        assertThat(all).hasSize(1024);
        assertThat(sum).isEqualTo(1024);
        assertThat(Lanes.shared(99)).hasSize(Lanes.COUNT);
    }

    private void publish(Sighting file) {
        ledger.add(file, "digest of " + file.path());
        stored.put(ledger.partitionOf(file.path()), new HashMap<>(ledger.offsetOf(file.path())));
    }

    private void scan(long now) {
        ledger.beginScan();
        ledger.endScan(now);
    }

    private Ledger restarted() {
        Ledger next = ledger();
        next.restore(stored);
        return next;
    }

    private static Ledger ledger() {
        return new Ledger("/images", Lanes.all(), DAY);
    }

    private static Sighting file(String path, long second) {
        return new Sighting(path, 10, Instant.ofEpochSecond(second), false);
    }
}
