// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.config.AppConfig;
import java.util.List;

/**
 * Where bytes wait in a process of the stream-app and how many at most, by its configuration and
 * the largest image that comes. The same table, with its reasons, is in docs/MEMORY.md.
 *
 * @param heap places on the heap
 * @param outside places outside of it
 */
public record MemoryPlan(List<Place> heap, List<Place> outside) {

    /** The program itself on the heap, as measured: classes' statics, release, registry, meters. */
    private static final long PROGRAM_HEAP = mib(48);

    /** The JVM and the libraries outside the heap, as measured, before the first image. */
    private static final long PROGRAM_OUTSIDE = mib(420);

    /** What finding the cells of a field of 20 megapixels took, beside its pixels. */
    private static final long LOCATOR = mib(135);

    private static final int LANES = 2;

    public MemoryPlan {
        heap = List.copyOf(heap);
        outside = List.copyOf(outside);
    }

    /**
     * A place where bytes wait.
     *
     * @param bytes most that wait there
     */
    public record Place(String name, long bytes) {}

    /**
     * The largest image that comes.
     *
     * @param fileBytes of an image that goes by claim check; gate.max-bytes bounds it
     * @param cellBytes of the pixels of all its cells
     */
    public record LargestImage(long fileBytes, long cellBytes) {}

    public static MemoryPlan of(AppConfig config, LargestImage image) {
        int threads = config.streams().threads();
        int decoders = config.decode().threads();
        int partitions = config.topics().partitions();
        return new MemoryPlan(
                List.of(
                        new Place("the program", PROGRAM_HEAP),
                        new Place("fetched, not yet polled", fetched(partitions, threads)),
                        new Place(
                                "polled, not yet processed", InputBuffer.of(config).bytes(config)),
                        new Place("in flight", config.inFlight().maxBytes().bytes()),
                        new Place(
                                "one image a task beyond it",
                                partitions * 2 * InputBuffer.RECORD_BYTES),
                        new Place("files being decoded", decoders * image.fileBytes()),
                        new Place("cells at the batcher's door", decoders * image.cellBytes()),
                        new Place(
                                "cells in the batcher",
                                config.batch().maxBytes().bytes() + LANES * image.cellBytes()),
                        new Place("record cache", config.streams().cache().bytes()),
                        new Place("senders", threads * StreamSettings.SEND_BYTES),
                        new Place("pictures of the console", ConsolePart.PICTURE_BYTES)),
                List.of(
                        new Place("the program", PROGRAM_OUTSIDE),
                        new Place("decoded pixels", config.decode().maxBytes().bytes()),
                        new Place("files being decoded", decoders * image.fileBytes()),
                        new Place("finding cells", decoders * LOCATOR)));
    }

    public long heapBytes() {
        return heap.stream().mapToLong(Place::bytes).sum();
    }

    public long outsideBytes() {
        return outside.stream().mapToLong(Place::bytes).sum();
    }

    /**
     * A response is held until the last of its partitions is drained, and a partition is fetched
     * anew only when it is: of a thread's n partitions each may hold one with one partition less.
     */
    private static long fetched(int partitions, int threads) {
        long each = Math.ceilDiv(partitions, threads);
        long bytes = 0;
        for (long n = 1; n <= each; n++) {
            bytes += Math.min(n * InputBuffer.RECORD_BYTES, StreamSettings.FETCH_BYTES);
        }
        return bytes * Math.min(threads, partitions);
    }

    private static long mib(long count) {
        return count << 20;
    }
}
