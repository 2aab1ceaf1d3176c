// Licensed under the Apache License, Version 2.0.
package io.cytolog.mix;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.balance.AdaptiveBalance;
import io.cytolog.balance.EpochOrder;
import io.cytolog.balance.MixedOrder;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.Wordings;
import io.cytolog.evaluate.Confusion;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.synthesis.SyntheticFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Synthetic cells in a training: a fixed share of each epoch, or as many as recall on cells held
 * out of training asks for (ACDB). Owned by the training's thread.
 */
public final class SyntheticMix {

    /** Word for a share that follows recall. */
    public static final String ADAPTIVE = "adaptive";

    private static final double CAP = 0.25;
    private static final double MULTIPLE = 5;
    private static final String STATE = "acdb.json";

    /** Epochs from what was seen to what it changes: the next batch is made while one computes. */
    private static final int DELAY = 2;

    private final Optional<Path> folder;
    private final String share;
    private final ObjectMapper mapper = JsonMapper.builder().build();

    /**
     * @param folder of synthetic cells; empty for none
     * @param share of an epoch that is synthetic, 0 to 0.5, or {@link #ADAPTIVE}
     * @throws IllegalArgumentException when the share is neither
     */
    private SyntheticMix(Optional<Path> folder, String share) {
        this.folder = folder;
        this.share = share;
        if (!share.equals(ADAPTIVE)) {
            fixedShare();
        }
    }

    /** Real cells alone. */
    public static SyntheticMix none() {
        return new SyntheticMix(Optional.empty(), ADAPTIVE);
    }

    /**
     * With those of a folder.
     *
     * @param share of an epoch that is synthetic, 0 to 0.5, or {@link #ADAPTIVE}
     * @throws IllegalArgumentException when the share is neither
     */
    public static SyntheticMix of(Path folder, String share) {
        return new SyntheticMix(Optional.of(folder), share);
    }

    /**
     * What an adaptive run needs to go on.
     *
     * @param epoch the last one that was looked at
     * @param decided synthetic cells by finding, by epoch
     * @param recall the running recall by finding
     */
    private record State(int epoch, Map<Integer, int[]> decided, double[] recall) {}

    /** Real cells, then synthetic ones. */
    public record Cells(List<Cell> cells, List<CellPixels> pixels) {}

    /** Whether there are synthetic cells. */
    public boolean used() {
        return folder.isPresent();
    }

    /** Whether recall decides how many. */
    public boolean adaptive() {
        return used() && share.equals(ADAPTIVE);
    }

    /**
     * Adds the folder's cells.
     *
     * @throws CorpusException when the folder holds none that can be used
     */
    public Cells joined(List<Cell> real, List<CellPixels> pixels, Recipe recipe)
            throws CorpusException {
        if (!used()) {
            return new Cells(real, pixels);
        }
        List<Cell> cells = new ArrayList<>(real);
        List<CellPixels> all = new ArrayList<>(pixels);
        for (SyntheticFolder.Drawn drawn : SyntheticFolder.read(folder.get(), recipe)) {
            cells.add(
                    new Cell(
                            "synthetic/" + cells.size(),
                            "synthetic",
                            drawn.finding(),
                            "synthetic",
                            true,
                            false,
                            Map.of()));
            all.add(drawn.pixels());
        }
        return new Cells(cells, all);
    }

    /** The order in which real and synthetic cells come. */
    public EpochOrder order(
            EpochOrder real,
            List<Cell> cells,
            int realCount,
            Wordings wordings,
            long seed,
            Path out)
            throws IOException {
        if (!used()) {
            return real;
        }
        MixedOrder mixed = new MixedOrder(real, synthetic(cells, realCount, wordings), seed);
        if (adaptive()) {
            read(out).ifPresent(state -> state.decided().forEach(mixed::decide));
        } else {
            int[] counts = counts(cells, realCount, wordings);
            double total = fixedShare() * realCount;
            double rarity = Arrays.stream(counts).mapToDouble(SyntheticMix::rarity).sum();
            mixed.decide(
                    0,
                    Arrays.stream(counts).map(n -> (int) (total * rarity(n) / rarity)).toArray());
        }
        return mixed;
    }

    /** Decides for a later epoch from what was seen after this one, and remembers it. */
    void saw(
            AdaptiveBalance balance,
            Confusion heldOut,
            MixedOrder order,
            int epoch,
            int[] realCounts,
            Path out)
            throws IOException {
        if (read(out).filter(state -> state.epoch() >= epoch).isPresent()) {
            // The run goes on from a checkpoint that is older than what was decided.
            return;
        }
        double[] recall =
                IntStream.range(0, realCounts.length)
                        .mapToDouble(f -> heldOut.cells(f) == 0 ? Double.NaN : heldOut.recall(f))
                        .toArray();
        balance.saw(recall);
        order.decide(epoch + DELAY, balance.synthetic(realCounts));
        Path part = out.resolve(STATE + ".part");
        State state = new State(epoch, new TreeMap<>(order.decided()), balance.recall());
        mapper.writeValue(part.toFile(), state);
        Files.move(part, out.resolve(STATE), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Training cells by finding. */
    static int[] counts(List<Cell> cells, int realCount, Wordings wordings) {
        int[] counts = new int[wordings.findings().size()];
        for (Cell cell : cells.subList(0, realCount)) {
            counts[wordings.findingIndex(cell.finding())]++;
        }
        return counts;
    }

    AdaptiveBalance balance(Wordings wordings, Path out) throws IOException {
        AdaptiveBalance balance = new AdaptiveBalance(wordings.findings().size(), CAP, MULTIPLE);
        read(out).ifPresent(state -> balance.restore(state.recall()));
        return balance;
    }

    /** Forgets what an earlier run came to. */
    public void forget(Path out) throws IOException {
        Files.deleteIfExists(out.resolve(STATE));
    }

    private Optional<State> read(Path out) throws IOException {
        Path file = out.resolve(STATE);
        return Files.isRegularFile(file)
                ? Optional.of(mapper.readValue(Files.readAllBytes(file), State.class))
                : Optional.empty();
    }

    private static int[][] synthetic(List<Cell> cells, int realCount, Wordings wordings) {
        return IntStream.range(0, wordings.findings().size())
                .mapToObj(
                        f ->
                                IntStream.range(realCount, cells.size())
                                        .filter(
                                                i ->
                                                        wordings.findingIndex(
                                                                        cells.get(i).finding())
                                                                == f)
                                        .toArray())
                .toArray(int[][]::new);
    }

    private static double rarity(int cells) {
        return cells == 0 ? 0 : 1.0 / cells;
    }

    private double fixedShare() {
        try {
            double fixed = Double.parseDouble(share);
            if (fixed >= 0 && fixed <= 0.5) {
                return fixed;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message.
        }
        throw new IllegalArgumentException(
                "a synthetic share of %s is neither 'adaptive' nor 0 to 0.5".formatted(share));
    }
}
