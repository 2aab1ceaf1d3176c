// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Shares a folder tree among tasks: every folder falls into one of a fixed number of lanes, every
 * task works some of them, so a slide's images keep their order. Within a lane, names spread over
 * shelves; lane and shelf make the bucket that the ledger is stored by. Immutable.
 */
final class Lanes {
    /** The most tasks that can share one root. */
    static final int COUNT = 16;

    /** A flat folder of 100,000 files gives offsets of 50 KB a bucket. */
    private static final int SHELVES = 64;

    private final BitSet mine;

    private Lanes(BitSet mine) {
        this.mine = mine;
    }

    static Lanes all() {
        BitSet all = new BitSet(COUNT);
        all.set(0, COUNT);
        return new Lanes(all);
    }

    /** Reads what {@link #shared} wrote. */
    static Lanes parse(List<String> numbers) {
        BitSet mine = new BitSet(COUNT);
        numbers.forEach(number -> mine.set(Integer.parseInt(number)));
        return new Lanes(mine);
    }

    /** The lanes of each of at most {@code tasks} tasks, as text for a task's configuration. */
    static List<String> shared(int tasks) {
        int count = Math.min(tasks, COUNT);
        return IntStream.range(0, count)
                .mapToObj(
                        task ->
                                IntStream.range(0, COUNT)
                                        .filter(lane -> lane % count == task)
                                        .mapToObj(Integer::toString)
                                        .collect(Collectors.joining(",")))
                .toList();
    }

    boolean hold(String folder) {
        return mine.get(lane(folder));
    }

    List<Integer> buckets() {
        List<Integer> buckets = new ArrayList<>();
        mine.stream()
                .forEach(
                        lane ->
                                IntStream.range(0, SHELVES)
                                        .forEach(shelf -> buckets.add(lane * SHELVES + shelf)));
        return buckets;
    }

    static int bucket(String path) {
        String folder = Sighting.folderOf(path);
        int shelf = Math.floorMod(spread(path), SHELVES);
        return lane(folder) * SHELVES + shelf;
    }

    private static int lane(String folder) {
        return Math.floorMod(spread(folder), COUNT);
    }

    /** String's hash is specified, and so the same after a restart; its low bits need mixing. */
    private static int spread(String text) {
        int h = text.hashCode() * 0x9E3779B1;
        return h ^ (h >>> 15);
    }
}
