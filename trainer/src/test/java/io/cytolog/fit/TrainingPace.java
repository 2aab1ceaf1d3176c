// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.balance.Balance;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellTexts;
import io.cytolog.corpus.Wordings;
import io.cytolog.image.CellPixels;
import io.cytolog.network.Backbone;
import io.cytolog.network.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.bytedeco.openblas.global.openblas;

/**
 * Images a second of {@code cytolog train} beside the bare step on a batch that lies ready, in one
 * run and by turns, so that a slow minute of the machine slows all. The bare step is forward,
 * backward and update in one graph, every operator shared by all threads; training makes every
 * batch anew and computes a part of it a thread.
 *
 * <p>Arguments: threads, backbone, rounds, precision, full side in pixels, optimiser; default
 * {@code 2 atto 3}, what the processor has, 128 and {@code MUON}. Pictures have half, three
 * quarters of and the full side, in steps of 32 pixels, and are made from ones of full side, as in
 * training.
 */
final class TrainingPace {

    private static final int CELLS = 960;
    private static final int USUAL_SIDE = 128;
    private static final double SECONDS_A_TURN = 4;

    /** Of the steps, more than are taken here: until then pictures are small. */
    private static final double NEARLY_ALL = 0.999;

    private static final int WARM_STEPS = 4;

    private TrainingPace() {}

    public static void main(String[] arguments) {
        openblas.blas_set_num_threads(1);
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        String name = arguments.length > 1 ? arguments[1] : Backbone.ATTO.name();
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Precision precision =
                arguments.length > 3 ? Precision.valueOf(arguments[3]) : Precision.ofProcessor();
        int full = arguments.length > 4 ? Integer.parseInt(arguments[4]) : USUAL_SIDE;
        Optimiser optimiser =
                arguments.length > 5 ? Optimiser.valueOf(arguments[5]) : Optimiser.MUON;
        Layout layout = Layout.of(Backbone.named(name).orElseThrow());
        System.out.printf(
                "%s, %s, %s, %d threads, batch 48, median of %d turns%n",
                name, precision, optimiser, threads, rounds);
        System.out.println(
                "side  bare images/s  parts on ready batch  training  training / bare  making a batch");
        TrainingSet set = set(full);
        for (FitPlan plan :
                List.of(
                        plan(NEARLY_ALL, NEARLY_ALL, precision),
                        plan(0, NEARLY_ALL, precision),
                        plan(0, 0, precision))) {
            compare(layout, set, plan.optimisedBy(optimiser), threads, rounds);
        }
    }

    private static void compare(
            Layout layout, TrainingSet set, FitPlan plan, int threads, int rounds) {
        double[][] seen = new double[4][rounds];
        Checkpoint start = TrainingState.fresh(layout, 1, "pace");
        BatchMaker maker = new BatchMaker(layout, set, plan);
        try (Batch ready = maker.of(0);
                BareStep bare = new BareStep(layout, set, plan, start, threads);
                Trainer parts = new Trainer(layout, set, plan, start, threads);
                Trainer whole = new Trainer(layout, set, plan, start, threads)) {
            for (int i = 0; i < WARM_STEPS; i++) {
                bare.step(ready);
                parts.step(ready);
                steps(whole, 1);
            }
            for (int round = 0; round < rounds; round++) {
                seen[0][round] = pace(() -> bare.step(ready));
                seen[1][round] = pace(() -> parts.step(ready));
                seen[2][round] = pace(() -> steps(whole, 1));
                seen[3][round] = pace(() -> make(maker, threads));
            }
        }
        double[] medians = Arrays.stream(seen).mapToDouble(TrainingPace::median).toArray();
        System.out.printf(
                Locale.ROOT,
                "%4d  %13.1f  %20.1f  %8.1f  %15.2f  %11.1f ms%n",
                plan.side(0, 1, set.side()),
                medians[0],
                medians[1],
                medians[2],
                medians[2] / medians[0],
                48_000 / medians[3]);
    }

    private static void steps(Trainer trainer, int count) {
        int[] done = {0};
        trainer.run((step, steps, loss) -> done[0]++, () -> done[0] >= count);
    }

    /** On one thread, as in training. */
    private static void make(BatchMaker maker, int threads) {
        Threads.use(1);
        maker.of(1).close();
        Threads.use(threads);
    }

    private static double pace(Runnable step) {
        long start = System.nanoTime();
        int count = 0;
        double seconds = 0;
        while (seconds < SECONDS_A_TURN) {
            step.run();
            count++;
            seconds = (System.nanoTime() - start) / 1e9;
        }
        return count * 48 / seconds;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The shipped release's plan with one side from first to last step. */
    private static FitPlan plan(double half, double coarse, Precision precision) {
        FitPlan usual = FitPlan.standard(1, 1_000);
        return new FitPlan(
                1,
                usual.batch(),
                usual.epochs(),
                usual.learningRate(),
                usual.warmupSteps(),
                usual.weightDecay(),
                usual.dropPath(),
                usual.averageDecay(),
                new Sides(half, coarse),
                usual.strength(),
                usual.mixup(),
                precision,
                usual.optimiser(),
                usual.aims());
    }

    /** Drawn cells and text vectors: what they show does not change the pace. */
    private static TrainingSet set(int side) {
        Wordings wordings = Wordings.shipped();
        Random random = new Random(1);
        List<Cell> cells = new ArrayList<>();
        List<CellPixels> pixels = new ArrayList<>();
        for (int i = 0; i < CELLS; i++) {
            String finding = wordings.findings().get(i % wordings.findings().size()).id();
            Map<String, String> attributes = i % 3 == 0 ? Map.of("cell_size", "big") : Map.of();
            cells.add(new Cell("drawn/" + i, "drawn", finding, "g" + i, true, false, attributes));
            byte[] rgb = new byte[side * side * 3];
            random.nextBytes(rgb);
            pixels.add(new CellPixels(side, rgb));
        }
        CellTexts texts = new CellTexts(wordings, cells, 1);
        float[] vectors = new float[texts.texts().size() * Layout.TEXT_INPUT];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) (random.nextGaussian() / Math.sqrt(Layout.TEXT_INPUT));
        }
        return new TrainingSet(
                wordings,
                cells,
                pixels,
                texts,
                vectors,
                Balance.ROOT.order(cells, 1),
                Balance.ROOT.weights(cells),
                Lessons.NONE,
                Outliers.NONE);
    }
}
