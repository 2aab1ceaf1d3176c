// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellTexts;
import io.cytolog.corpus.CellTexts.Composed;
import io.cytolog.image.CellPixels;
import io.cytolog.network.ImageTower;
import io.cytolog.network.Layout;
import io.cytolog.network.TextHead;
import io.cytolog.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The training loop. Owned by one thread, which also closes it. */
public final class Trainer implements AutoCloseable {

    private static final int WORDINGS_A_FINDING = 2;

    private final Layout layout;
    private final ImageTower tower;
    private final TrainingSet set;
    private final FitPlan plan;
    private final String identity;
    private final TrainingState state;
    private final int steps;
    private int[] epochOrder = {};
    private int orderOfEpoch = -1;

    /** Told after every step. */
    @FunctionalInterface
    public interface Listener {
        /** {@code done} steps of {@code steps} are done; the last one had this loss. */
        void stepDone(int done, int steps, double loss);
    }

    /** Starts anew. */
    public Trainer(Layout layout, TrainingSet set, FitPlan plan, String identity) {
        this(layout, set, plan, TrainingState.fresh(layout, plan.seed(), identity));
    }

    /** Goes on from a checkpoint. */
    public Trainer(Layout layout, TrainingSet set, FitPlan plan, Checkpoint from) {
        this.layout = layout;
        this.tower = new ImageTower(layout);
        this.set = set;
        this.plan = plan;
        this.identity = from.identity();
        this.state = new TrainingState(layout, from);
        this.steps = plan.steps(set.cells().size());
    }

    /** Trains until the plan's end or until told to stop, which is looked at after every step. */
    public void run(Listener listener, BooleanSupplier stop) {
        while (state.steps() < steps && !stop.getAsBoolean()) {
            double loss = step();
            listener.stepDone(state.steps(), steps, loss);
        }
    }

    public boolean finished() {
        return state.steps() >= steps;
    }

    public Checkpoint checkpoint() {
        return state.checkpoint(identity);
    }

    /** The running average of the weights, flat. */
    public float[] averageWeights() {
        return state.averageValues();
    }

    private double step() {
        int step = state.steps();
        Random random = new Random(plan.seed() * 7_919L + step);
        List<Integer> numbers = batch(step);
        List<Cell> cells = numbers.stream().map(set.cells()::get).toList();
        List<CellPixels> pixels = numbers.stream().map(set.pixels()::get).toList();
        List<Composed> sentences = new ArrayList<>();
        for (int number : numbers) {
            sentences.add(set.texts().ofCell(number).get(random.nextInt(CellTexts.PER_CELL)));
        }
        try (PointerScope _ = new PointerScope()) {
            int side = plan.side(step, steps, set.side());
            Tensor pictures = Augmenter.alter(Tensors.pictures(pixels), side, random);
            Targets targets = Targets.of(set.wordings(), cells, sentences, weights(numbers));
            Tensor loss = loss(pictures, targets, sentences, random);
            loss.backward();
            state.update(plan.rate(step, steps), plan);
            return loss.item_float();
        }
    }

    private float[] weights(List<Integer> numbers) {
        float[] weights = new float[numbers.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = set.weights()[numbers.get(i)];
        }
        return weights;
    }

    private List<Integer> batch(int step) {
        int perEpoch = plan.stepsPerEpoch(set.cells().size());
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

    private Tensor loss(Tensor pictures, Targets targets, List<Composed> sentences, Random random) {
        Weights exact = new Weights(layout, state.weights());
        long n = pictures.size(0);
        Tensor images = images(exact, pictures, random);
        int findings = set.wordings().findings().size();
        int values = set.wordings().valueCount();
        Tensor texts = TextHead.embed(exact, texts(sentences, random));
        Tensor ofFindings = texts.narrow(0, 0, (long) findings * WORDINGS_A_FINDING);
        ofFindings = ofFindings.view(findings, WORDINGS_A_FINDING, Layout.DIMENSIONS).mean(1);
        ofFindings = ImageTower.unit(ofFindings);
        Tensor ofValues = texts.narrow(0, (long) findings * WORDINGS_A_FINDING, values);
        long own = (long) findings * WORDINGS_A_FINDING + values;
        Tensor ofCells = texts.narrow(0, own, n);
        Tensor foils = texts.narrow(0, plan.aims().foils() > 0 ? own + n : own, n);
        Tensor scale = exact.get("logit_scale").exp();
        return Objective.loss(
                set.wordings(),
                plan.aims(),
                targets,
                images,
                ofFindings,
                ofValues,
                ofCells,
                foils,
                scale);
    }

    private Tensor images(Weights exact, Tensor pictures, Random random) {
        Tensor[] keep = keep(Math.toIntExact(pictures.size(0)), random);
        if (!plan.bfloat16()) {
            return tower.embed(exact, pictures, keep);
        }
        Weights rough = new Weights(layout, state.weights().to(torch.ScalarType.BFloat16));
        for (int i = 0; i < keep.length; i++) {
            keep[i] = keep[i].to(torch.ScalarType.BFloat16);
        }
        Tensor images = tower.embed(rough, pictures.to(torch.ScalarType.BFloat16), keep);
        return ImageTower.unit(images.to(torch.ScalarType.Float));
    }

    /** Stochastic depth (Huang et al. 2016), rising to the plan's share with depth. */
    private Tensor[] keep(int n, Random random) {
        Tensor[] keep = new Tensor[layout.blocks()];
        for (int b = 0; b < keep.length; b++) {
            double share = 1 - plan.dropPath() * b / Math.max(1, keep.length - 1);
            float[] factors = new float[n];
            for (int i = 0; i < n; i++) {
                factors[i] = (float) (random.nextDouble() < share ? 1 / share : 0);
            }
            keep[b] = Tensors.of(factors, n, 1, 1, 1);
        }
        return keep;
    }

    /** Rows: wordings of every finding, one of every value, the cells' sentences, their foils. */
    private Tensor texts(List<Composed> sentences, Random random) {
        List<Integer> numbers = new ArrayList<>();
        for (int f = 0; f < set.wordings().findings().size(); f++) {
            for (int w = 0; w < WORDINGS_A_FINDING; w++) {
                numbers.add(pick(set.texts().ofFinding(f), random));
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
        for (int i = 0; i < rows.length; i++) {
            rows[i] += (float) (TEXT_NOISE * random.nextGaussian());
        }
        return Tensors.of(rows, numbers.size(), length);
    }

    /** A little noise on the frozen vectors, so that near wordings land near. */
    private static final double TEXT_NOISE = 0.012;

    private static int pick(int[] from, Random random) {
        return from[random.nextInt(from.length)];
    }

    @Override
    public void close() {
        state.close();
    }
}
