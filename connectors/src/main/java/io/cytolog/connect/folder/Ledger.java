// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Which files have been published, in a form that fits Connect's offsets: a fixed number of source
 * partitions (buckets of paths), each with one short entry a file that still lies in the folder. So
 * what is kept grows with the folder, never with its history. Owned by the task's thread.
 *
 * <p>A watermark would be smaller but loses a file that arrives with an older time than its
 * neighbours, as a copy that keeps times does; a partition a file would grow for ever.
 */
final class Ledger {
    static final String FILES = "files";

    private static final int ENTRY_BYTES = 3 * Long.BYTES;

    private final String root;
    private final Lanes lanes;
    private final long forgetNanos;
    private final Map<Integer, Map<Long, Entry>> buckets = new HashMap<>();
    private long scan;

    Ledger(String root, Lanes lanes, Duration forgetAfter) {
        this.root = root;
        this.lanes = lanes;
        this.forgetNanos = forgetAfter.toNanos();
    }

    /** The source partitions whose offsets this task may have written. */
    List<Map<String, String>> partitions() {
        List<Map<String, String>> partitions = new ArrayList<>();
        for (int bucket : lanes.buckets()) {
            partitions.add(partition(bucket));
        }
        return partitions;
    }

    /** Takes up what an earlier run stored. */
    void restore(Map<Map<String, String>, Map<String, Object>> offsets) {
        for (int bucket : lanes.buckets()) {
            Map<String, Object> offset = offsets.get(partition(bucket));
            if (offset != null) {
                buckets.put(bucket, parsed(offset.get(FILES)));
            }
        }
    }

    void beginScan() {
        scan++;
    }

    /**
     * Whether this very state of the file has been published; also notes that the file is there.
     */
    boolean holds(Sighting sighting) {
        Entry entry = entry(sighting.path());
        if (entry == null) {
            return false;
        }
        entry.seen = scan;
        entry.missingSince = null;
        return entry.state == stateOf(sighting);
    }

    /** Whether the file was published with this content, whatever its time says now. */
    boolean holdsContent(String path, String sha256) {
        Entry entry = entry(path);
        return entry != null && entry.content == hash(sha256);
    }

    void add(Sighting sighting, String sha256) {
        Entry entry = new Entry(stateOf(sighting), hash(sha256));
        entry.seen = scan;
        buckets.computeIfAbsent(Lanes.bucket(sighting.path()), b -> new LinkedHashMap<>())
                .put(hash(sighting.path()), entry);
    }

    /**
     * Forgets files that have been gone for long. Not at once: a share that is unmounted for a
     * minute looks like an empty folder, and all its files would be published again.
     */
    void endScan(long now) {
        for (Map<Long, Entry> bucket : buckets.values()) {
            bucket.values()
                    .removeIf(entry -> entry.seen != scan && entry.goneFor(now) >= forgetNanos);
        }
    }

    Map<String, String> partitionOf(String path) {
        return partition(Lanes.bucket(path));
    }

    /** The whole bucket of this path as one offset. */
    Map<String, String> offsetOf(String path) {
        Map<Long, Entry> bucket = buckets.getOrDefault(Lanes.bucket(path), Map.of());
        ByteBuffer bytes = ByteBuffer.allocate(bucket.size() * ENTRY_BYTES);
        bucket.forEach(
                (key, entry) -> bytes.putLong(key).putLong(entry.state).putLong(entry.content));
        return Map.of(FILES, Base64.getUrlEncoder().encodeToString(bytes.array()));
    }

    int size() {
        return buckets.values().stream().mapToInt(Map::size).sum();
    }

    private Entry entry(String path) {
        return buckets.getOrDefault(Lanes.bucket(path), Map.of()).get(hash(path));
    }

    private Map<String, String> partition(int bucket) {
        return Map.of("root", root, "bucket", "%04d".formatted(bucket));
    }

    private static Map<Long, Entry> parsed(Object stored) {
        byte[] bytes = decoded(stored);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Map<Long, Entry> entries = LinkedHashMap.newLinkedHashMap(bytes.length / ENTRY_BYTES);
        while (buffer.hasRemaining()) {
            entries.put(buffer.getLong(), new Entry(buffer.getLong(), buffer.getLong()));
        }
        return entries;
    }

    private static byte[] decoded(Object stored) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(Objects.toString(stored));
            if (bytes.length % ENTRY_BYTES == 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Told below, like a wrong length.
        }
        throw new ConnectException(
                """
                stored offset '%s' of %d characters is not this connector's; \
                reset the connector's offsets to publish the folder again\
                """
                        .formatted(FILES, Objects.toString(stored).length()));
    }

    private static long stateOf(Sighting sighting) {
        return hash("%d@%s".formatted(sighting.size(), sighting.modified()));
    }

    private static long hash(String text) {
        MessageDigest digest = Digests.sha256();
        return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    /** One published file; mutable only in what a scan notes. */
    private static final class Entry {
        private final long state;
        private final long content;
        private long seen;
        private Long missingSince;

        Entry(long state, long content) {
            this.state = state;
            this.content = content;
        }

        long goneFor(long now) {
            if (missingSince == null) {
                missingSince = now;
            }
            return now - missingSince;
        }
    }
}
