// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.Finding;
import io.cytolog.corpus.Cell;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.evaluate.Evaluation.OfFinding;
import io.cytolog.evaluate.Evaluation.Outside;
import io.cytolog.evaluate.Evaluation.Summary;
import io.cytolog.image.CellPixels;
import io.cytolog.release.Release;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Takes all figures of an {@link Evaluation}. Owned by one thread. */
public final class Evaluator {

    private static final int DRAWS = 1000;
    private static final long SEED = 1;
    private static final double CONFORMAL_LEVEL = 0.9;

    /** Fact of a release's training: the factor from cosine to logit that it ended with. */
    public static final String LOGIT_SCALE = "logit scale";

    /** The scale of CLIP's first step (Radford et al. 2021), where a release states none. */
    private static final String USUAL_SCALE = Double.toString(1 / 0.07);

    private final SeenCells seen;
    private final Scores scores;
    private final GroupBootstrap bootstrap;
    private final double trainedScale;

    public Evaluator(SeenCells seen) {
        this.seen = seen;
        this.scores = seen.scores();
        this.bootstrap = new GroupBootstrap(seen.cells(), DRAWS, SEED);
        this.trainedScale = trainedScale(seen.release());
    }

    /** The factor from cosine to logit that a release's training ended with. */
    static double trainedScale(Release release) {
        return Double.parseDouble(
                release.manifest().training().getOrDefault(LOGIT_SCALE, USUAL_SCALE));
    }

    /**
     * @param outside figures on cells of other kinds, from {@link #outside}
     */
    public Evaluation evaluate(String data, String split, Optional<Outside> outside) {
        Retrieval retrieval = new Retrieval(seen.release().bank(), scores, seen.embeddings());
        double[] uncalibrated = new double[seen.cells().size()];
        Arrays.fill(uncalibrated, trainedScale);
        double[] calibrated = Calibrator.crossFittedScales(scores);
        return new Evaluation(
                seen.release().id().toString(),
                data,
                split,
                seen.cells().size(),
                groups(),
                summary(all()),
                bootstrap.estimate(places -> share(places, i -> seen.answered()[i])),
                bootstrap.estimate(this::risk),
                bootstrap.estimate(places -> share(places, seen::overlooked)),
                findings(),
                collections(),
                counts(),
                retrieval.imageToText(bootstrap),
                retrieval.textToImage(bootstrap),
                AttributeQuestions.of(
                        seen.release().bank(), seen.cells(), seen.embeddings(), bootstrap),
                Reliability.of(scores, uncalibrated),
                Reliability.of(scores, calibrated),
                Conformal.of(scores, calibrated, CONFORMAL_LEVEL, bootstrap),
                RiskCoverage.of(scores),
                outside);
    }

    /**
     * How the release tells cells of no finding from these.
     *
     * @param what names them, in a few words
     */
    public Outside outside(String what, ImageEncoder encoder, List<CellPixels> pixels) {
        List<Embedding> embeddings = SeenCells.embeddings(encoder, pixels, done -> {});
        int known = seen.cells().size();
        int all = known + pixels.size();
        double[] distances = Arrays.copyOf(scores.distances(), all);
        double[] unlikeness = new double[all];
        boolean[] foreign = new boolean[all];
        for (int i = 0; i < known; i++) {
            unlikeness[i] = -scores.similarity(i);
        }
        Map<String, Integer> named = new TreeMap<>();
        for (int i = known; i < all; i++) {
            Embedding cell = embeddings.get(i - known);
            CellAnnotation said = seen.release().matcher().annotate(cell);
            if (!said.abstained()) {
                named.merge(said.findingId(), 1, Integer::sum);
            }
            foreign[i] = true;
            distances[i] = 1 - most(cell, seen.release().matcher().prototypes());
            unlikeness[i] = -most(cell, seen.release().matcher().findingEmbeddings());
        }
        int[] places = IntStream.range(0, all).toArray();
        return new Outside(
                what,
                pixels.size(),
                new Ranking(places, distances, foreign).auroc(),
                new Ranking(places, unlikeness, foreign).auroc(),
                (double) named.values().stream().mapToInt(count -> count).sum() / pixels.size(),
                commonestFirst(named));
    }

    private static SequencedMap<String, Integer> commonestFirst(Map<String, Integer> counts) {
        SequencedMap<String, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static double most(Embedding cell, List<Embedding> others) {
        return others.stream().mapToDouble(cell::similarity).max().orElse(0);
    }

    private int groups() {
        return (int) seen.cells().stream().map(Cell::group).distinct().count();
    }

    private int[] all() {
        return IntStream.range(0, seen.cells().size()).toArray();
    }

    /** Figures of the cells among {@code kept}. */
    private Summary summary(int[] kept) {
        boolean[] in = new boolean[seen.cells().size()];
        for (int i : kept) {
            in[i] = true;
        }
        Confusion plain = scores.confusion(kept);
        int present =
                (int)
                        IntStream.range(0, scores.findings().size())
                                .filter(f -> plain.cells(f) > 0)
                                .count();
        return new Summary(
                kept.length,
                present,
                ofConfusion(in, Confusion::macroF1),
                ofConfusion(in, Confusion::balancedAccuracy),
                ofConfusion(in, Confusion::accuracy),
                ofConfusion(in, Confusion::kappa));
    }

    private Estimate ofConfusion(boolean[] in, ToDoubleFunction<Confusion> figure) {
        return bootstrap.estimate(
                places -> {
                    int[] kept = Arrays.stream(places).filter(i -> in[i]).toArray();
                    return kept.length == 0
                            ? Double.NaN
                            : figure.applyAsDouble(scores.confusion(kept));
                });
    }

    private double risk(int[] places) {
        return share(
                Arrays.stream(places).filter(i -> seen.answered()[i]).toArray(),
                i -> !scores.right(i));
    }

    private static double share(int[] places, IntPredicate holds) {
        return Arrays.stream(places)
                .mapToDouble(i -> holds.test(i) ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private List<OfFinding> findings() {
        List<Finding> scored = seen.release().bank().scored();
        Confusion plain = scores.confusion();
        List<OfFinding> figures = new ArrayList<>();
        for (int f = 0; f < scored.size(); f++) {
            int finding = f;
            boolean[] own = new boolean[seen.cells().size()];
            double[] score = new double[own.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = scores.truth()[i] == finding;
                score[i] = scores.probabilities(i, trainedScale)[finding];
            }
            figures.add(
                    new OfFinding(
                            scored.get(f).id(),
                            scored.get(f).display(),
                            plain.cells(f),
                            present(finding, c -> c.given(finding), Confusion::precision),
                            present(finding, c -> c.cells(finding), Confusion::recall),
                            present(finding, c -> c.cells(finding), Confusion::f1),
                            bootstrap.estimate(p -> new Ranking(p, score, own).auroc()),
                            bootstrap.estimate(p -> new Ranking(p, score, own).averagePrecision()),
                            bootstrap.estimate(
                                    p ->
                                            share(
                                                    Arrays.stream(p).filter(i -> own[i]).toArray(),
                                                    seen::overlooked))));
        }
        return figures;
    }

    private interface FindingFigure {
        double of(Confusion confusion, int finding);
    }

    private Estimate present(int finding, ToIntFunction<Confusion> counted, FindingFigure figure) {
        return bootstrap.estimate(
                places -> {
                    Confusion confusion = scores.confusion(places);
                    return counted.applyAsInt(confusion) == 0
                            ? Double.NaN
                            : figure.of(confusion, finding);
                });
    }

    private Map<String, Summary> collections() {
        Map<String, Summary> figures = new TreeMap<>();
        seen.cells().stream()
                .map(Cell::collection)
                .distinct()
                .forEach(name -> figures.put(name, summary(ofCollection(name))));
        return figures;
    }

    private int[] ofCollection(String name) {
        return Arrays.stream(all())
                .filter(i -> seen.cells().get(i).collection().equals(name))
                .toArray();
    }

    private int[][] counts() {
        Confusion confusion = scores.confusion();
        int n = scores.findings().size();
        int[][] counts = new int[n][n];
        for (int t = 0; t < n; t++) {
            for (int g = 0; g < n; g++) {
                counts[t][g] = confusion.count(t, g);
            }
        }
        return counts;
    }
}
