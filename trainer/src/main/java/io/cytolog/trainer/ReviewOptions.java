// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellReading;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.NearCopies;
import io.cytolog.corpus.PixelStore;
import io.cytolog.corpus.ReviewedCells;
import io.cytolog.corpus.Wordings;
import io.cytolog.corpus.Wordings.FindingWords;
import io.cytolog.image.CellPixels;
import io.cytolog.promote.PromotionPlan;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.ReleaseReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options of {@code train} for cells that persons have reviewed. */
final class ReviewOptions {

    /** Training goes on; what a release knows is not to be shaken off by large steps. */
    static final double GENTLE_RATE = 3e-4;

    @Option(
            names = "--from-reviews",
            paramLabel = "DIR",
            description =
                    "folder of ./cytolog reviews export; its cells join the training, which starts from "
                            + "--from-release and is compared with it in the end (exit code 3: --plan not met)")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description =
                    "with --from-reviews: demands on the new release; default trainer/plans/promotion.json")
    private Path plan =
            Path.of(
                    System.getenv().getOrDefault("CYTOLOG_HOME", "."),
                    "trainer/plans/promotion.json");

    private final Map<String, String> facts = new HashMap<>();

    boolean used() {
        return folder.isPresent();
    }

    /** The options again, for a line that tells how to go on. */
    String words() {
        return folder.map(f -> " --from-reviews %s --plan %s".formatted(f, plan)).orElse("");
    }

    /** For the release's manifest. */
    Map<String, String> facts() {
        return facts;
    }

    /**
     * Reads the plan, so that a fault in it is told before hours of training.
     *
     * @param start release that training goes on from
     */
    void check(Optional<Path> start) throws CorpusException {
        if (used()) {
            if (start.isEmpty()) {
                throw new CorpusException(
                        "--from-reviews goes on from a release; give the one that serves with --from-release");
            }
            plan();
        }
    }

    private PromotionPlan plan() throws CorpusException {
        try {
            return PromotionPlan.read(plan);
        } catch (IOException | IllegalArgumentException e) {
            throw new CorpusException(e.getMessage());
        }
    }

    /** The corpus with the reviewed cells that may be trained on. */
    Corpus joined(Corpus corpus, Wordings wordings, Path cache, PrintStream out)
            throws CorpusException {
        if (folder.isEmpty()) {
            return corpus;
        }
        Set<String> findings =
                wordings.findings().stream().map(FindingWords::id).collect(Collectors.toSet());
        ReviewedCells reviewed = ReviewedCells.read(folder.get(), findings);
        Corpus alone =
                new Corpus(
                        corpus.folder(), reviewed.cells(), corpus.validation(), reviewed.digest());
        PixelStore store = new PixelStore(NearCopies.RECIPE, cache);
        List<CellPixels> pixels =
                CellReading.pixels("reviewed cells", store, alone, reviewed.cells());
        List<CellPixels> held =
                CellReading.pixels("validation cells", store, corpus, corpus.validation());
        Set<Integer> copies = NearCopies.copies(alone, reviewed.cells(), pixels, held);
        List<Cell> kept = new ArrayList<>();
        for (int i = 0; i < reviewed.cells().size(); i++) {
            if (!copies.contains(i)) {
                kept.add(reviewed.cells().get(i));
            }
        }
        out.printf(
                Locale.ROOT,
                "%,d reviewed cells join the training; left out: %,d copies of validation cells, of other findings %s%n",
                kept.size(),
                copies.size(),
                reviewed.unknown().isEmpty() ? "none" : reviewed.unknown());
        if (kept.isEmpty()) {
            throw new CorpusException(
                    "--from-reviews %s leaves no cell to train on; review more slides"
                            .formatted(folder.get()));
        }
        facts.put("reviewed cells", Integer.toString(kept.size()));
        facts.put("reviews digest", reviewed.digest());
        return corpus.with(kept, reviewed.digest());
    }

    /** Compares the new release with the one that training went on from; the exit code. */
    int compared(
            Path serving, Path candidate, Corpus corpus, Path cache, int threads, PrintStream out)
            throws CorpusException {
        try {
            return new Promotion(corpus, "val", cache, threads)
                    .judge(plan(), ReleaseReader.read(serving), ReleaseReader.read(candidate), out);
        } catch (InvalidReleaseException e) {
            throw new CorpusException(e.getMessage());
        }
    }
}
