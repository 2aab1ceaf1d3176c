// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

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
import picocli.CommandLine.Option;

/**
 * Options of {@code train} for synthetic cells: a fixed share of each epoch, or as many as recall
 * on cells held out of training asks for (ACDB).
 */
final class SyntheticMix {

    private static final double CAP = 0.25;
    private static final double MULTIPLE = 5;
    private static final String STATE = "acdb.json";
    private static final String ADAPTIVE = "adaptive";

    /** Epochs from what was seen to what it changes: the next batch is made while one computes. */
    private static final int DELAY = 2;

    @Option(
            names = "--synthetic",
            description = "folder of ./cytolog generate; its cells join the training")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--synthetic-share",
            defaultValue = ADAPTIVE,
            description = {
                "share of an epoch that is synthetic, 0 to 0.5, or 'adaptive': by recall on training",
                "groups that are held out of training for it; default ${DEFAULT-VALUE}"
            })
    private String share = ADAPTIVE;

    private final ObjectMapper mapper = JsonMapper.builder().build();

    /**
     * What an adaptive run needs to go on.
     *
     * @param epoch the last one that was looked at
     * @param decided synthetic cells by finding, by epoch
     * @param recall the running recall by finding
     */
    record State(int epoch, Map<Integer, int[]> decided, double[] recall) {}

    /** Real cells, then synthetic ones. */
    record Cells(List<Cell> cells, List<CellPixels> pixels) {}

    boolean used() {
        return folder.isPresent();
    }

    boolean adaptive() {
        return used() && share.equals(ADAPTIVE);
    }

    /** Goes into a checkpoint's identity; empty where there is no synthetic cell. */
    String identity() {
        return used() ? " synthetic %s %s".formatted(folder.get().toAbsolutePath(), share) : "";
    }

    /** The options as they were given, to be given again. */
    String words() {
        return used() ? " --synthetic %s --synthetic-share %s".formatted(folder.get(), share) : "";
    }

    /** For the release's manifest. */
    Map<String, String> facts() {
        return used() ? Map.of("synthetic share", share) : Map.of();
    }

    /**
     * @throws IllegalArgumentException when the share is none
     */
    void check() {
        if (!share.equals(ADAPTIVE)) {
            fixedShare();
        }
    }

    Cells joined(List<Cell> real, List<CellPixels> pixels, Recipe recipe) throws CorpusException {
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
    EpochOrder order(
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
    void forget(Path out) throws IOException {
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
                "--synthetic-share=%s is neither 'adaptive' nor 0 to 0.5".formatted(share));
    }
}
