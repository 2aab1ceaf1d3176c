// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellTexts;
import io.cytolog.corpus.CellTexts.Composed;
import io.cytolog.image.CellPixels;
import io.cytolog.network.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Makes the batch of a step. All that is drawn follows from seed and step, so a batch may be made
 * at any time and on any thread. Owned by one thread.
 */
final class BatchMaker {

    /** A little noise on the frozen vectors, so that near wordings land near. */
    private static final double TEXT_NOISE = 0.012;

    private final Layout layout;
    private final TrainingSet set;
    private final FitPlan plan;
    private final int steps;
    private int[] epochOrder = {};
    private int orderOfEpoch = -1;

    BatchMaker(Layout layout, TrainingSet set, FitPlan plan) {
        this.layout = layout;
        this.set = set;
        this.plan = plan;
        this.steps = plan.steps(set.epochSize());
    }

    /** The batch of that step; the caller closes it. */
    Batch of(int step) {
        Random random = new Random(plan.seed() * 7_919L + step);
        List<Integer> numbers = numbers(step);
        List<Cell> cells = numbers.stream().map(set.cells()::get).toList();
        List<CellPixels> pixels = new ArrayList<>();
        numbers.forEach(number -> pixels.add(set.pixels().get(number)));
        List<Composed> sentences = new ArrayList<>();
        for (int number : numbers) {
            sentences.add(set.texts().ofCell(number).get(random.nextInt(CellTexts.PER_CELL)));
        }
        pixels.addAll(set.outliers().drawn(numbers.size(), random));
        try (PointerScope _ = new PointerScope()) {
            int side = plan.side(step, steps, set.side());
            double strength = plan.strength().at(step, steps);
            Tensor pictures = Augmenter.alter(Tensors.pictures(pixels), side, strength, random);
            List<Tensor> keep = keep(pixels.size(), random);
            Targets targets = Targets.of(set.wordings(), cells, sentences, weights(numbers));
            if (set.lessons().weight() > 0) {
                float[] shares = set.lessons().of(numbers, set.wordings().findings().size());
                targets = targets.taught(shares, set.lessons().weight());
            }
            if (plan.mixup() > 0) {
                Mixup mixup = Mixup.drawn(numbers.size(), plan.mixup(), random);
                pictures = mixup.over(pictures);
                targets = targets.mixed(mixup);
            }
            return new Batch(pictures, targets, texts(sentences, random), keep).kept();
        }
    }

    private float[] weights(List<Integer> numbers) {
        float[] weights = new float[numbers.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = set.weights()[numbers.get(i)];
        }
        return weights;
    }

    private List<Integer> numbers(int step) {
        int perEpoch = plan.stepsPerEpoch(set.epochSize());
        int epoch = step / perEpoch;
        if (epoch != orderOfEpoch) {
            epochOrder = set.order().epoch(epoch);
            orderOfEpoch = epoch;
        }
        List<Integer> numbers = new ArrayList<>();
        int from = step % perEpoch * plan.batch();
        for (int i = from; i < Math.min(from + plan.batch(), epochOrder.length); i++) {
            numbers.add(epochOrder[i]);
        }
        return numbers;
    }

    /** Stochastic depth (Huang et al. 2016), rising to the plan's share with depth. */
    private List<Tensor> keep(int n, Random random) {
        List<Tensor> keep = new ArrayList<>();
        int blocks = layout.blocks();
        for (int b = 0; b < blocks; b++) {
            double share = 1 - plan.dropPath() * b / Math.max(1, blocks - 1);
            float[] factors = new float[n];
            for (int i = 0; i < n; i++) {
                factors[i] = (float) (random.nextDouble() < share ? 1 / share : 0);
            }
            keep.add(Tensors.of(factors, n, 1, 1, 1));
        }
        return keep;
    }

    /** Rows: wordings of every finding, one of every value, the cells' sentences, their foils. */
    private Tensor texts(List<Composed> sentences, Random random) {
        List<Integer> numbers = new ArrayList<>();
        for (int f = 0; f < set.wordings().findings().size(); f++) {
            for (int number : wordings(set.texts().ofFinding(f), random)) {
                numbers.add(number);
            }
        }
        for (int v = 0; v < set.wordings().valueCount(); v++) {
            numbers.add(pick(set.texts().ofValue(v), random));
        }
        sentences.forEach(sentence -> numbers.add(sentence.text()));
        if (plan.aims().foils() > 0) {
            sentences.forEach(s -> numbers.add(s.foil() < 0 ? s.text() : s.foil()));
        }
        int length = Layout.TEXT_INPUT;
        float[] rows = new float[numbers.size() * length];
        for (int i = 0; i < numbers.size(); i++) {
            System.arraycopy(set.textVectors(), numbers.get(i) * length, rows, i * length, length);
        }
        // Thirty thousand draws a step: a source that is not made for several threads.
        SplittableRandom noise = new SplittableRandom(random.nextLong());
        for (int i = 0; i < rows.length; i++) {
            rows[i] += (float) (TEXT_NOISE * noise.nextGaussian());
        }
        return Tensors.of(rows, numbers.size(), length);
    }

    /** All of them or as many as the plan draws. */
    private int[] wordings(int[] all, Random random) {
        int[] drawn = new int[count(plan.aims(), all)];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = plan.aims().wordings() == 0 ? all[i] : pick(all, random);
        }
        return drawn;
    }

    /** Rows of a batch's texts that stand for a finding with those wordings. */
    static int count(Aims aims, int[] wordings) {
        return aims.wordings() == 0 ? wordings.length : aims.wordings();
    }

    private static int pick(int[] from, Random random) {
        return from[random.nextInt(from.length)];
    }
}
