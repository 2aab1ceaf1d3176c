// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.network.ImageTower;
import io.cytolog.network.Layout;
import io.cytolog.network.TextHead;
import io.cytolog.network.Weights;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The training loop. Owned by one thread, which also closes it; parts of a batch are computed on
 * its workers and the next batch is made meanwhile.
 */
public final class Trainer implements AutoCloseable {

    private final Layout layout;
    private final ImageTower tower;
    private final TrainingSet set;
    private final FitPlan plan;
    private final String identity;
    private final TrainingState state;
    private final int steps;
    private final Shards shards;
    private final Ahead<Batch> batches;

    /** Told after every step. */
    @FunctionalInterface
    public interface Listener {
        /** {@code done} steps of {@code steps} are done; the last one had this loss. */
        void stepDone(int done, int steps, double loss);
    }

    /** Starts anew, on one thread. */
    public Trainer(Layout layout, TrainingSet set, FitPlan plan, String identity) {
        this(layout, set, plan, starting(layout, set, plan.seed(), identity), 1);
    }

    /** The state in which training from nothing begins. */
    public static Checkpoint starting(Layout layout, TrainingSet set, long seed, String identity) {
        float[] weights = Weights.initial(layout, seed);
        TextStart.fit(layout, set, seed, weights);
        return Checkpoint.starting(weights, identity);
    }

    /** Goes on from a checkpoint, on one thread. */
    public Trainer(Layout layout, TrainingSet set, FitPlan plan, Checkpoint from) {
        this(layout, set, plan, from, 1);
    }

    /**
     * Goes on from a checkpoint.
     *
     * @param threads that compute; the same number gives the same values to the bit
     */
    public Trainer(Layout layout, TrainingSet set, FitPlan plan, Checkpoint from, int threads) {
        this.layout = layout;
        this.tower = new ImageTower(layout);
        this.set = set;
        this.plan = plan;
        this.identity = from.identity();
        Threads.use(threads);
        this.state = new TrainingState(layout, plan, from);
        this.steps = plan.steps(set.epochSize());
        this.shards = new Shards(layout, plan.precision() == Precision.BFLOAT16, threads);
        this.batches = new Ahead<>(new BatchMaker(layout, set, plan)::of, steps);
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

    /** Side of the pictures of the step before; of the first step before that. */
    public int side() {
        return plan.side(Math.max(0, state.steps() - 1), steps, set.side());
    }

    public Checkpoint checkpoint() {
        return state.checkpoint(identity);
    }

    /** The running average of the weights, flat. */
    public float[] averageWeights() {
        return state.averageValues();
    }

    private double step() {
        try (Batch batch = batches.take(state.steps())) {
            return step(batch);
        }
    }

    /** One update from a batch that is ready; its loss. */
    double step(Batch batch) {
        try (PointerScope _ = new PointerScope()) {
            List<Tensor> images =
                    shards.forward(
                            state.weights(),
                            batch.rows(),
                            (weights, from, count) -> images(weights, batch, from, count));
            Tensor loss = loss(layout, set, plan.aims(), batch, joined(images), state.weights());
            loss.backward();
            shards.backward(images, state.weights().grad());
            state.update(plan.rate(state.steps(), steps), plan);
            return loss.item_float();
        }
    }

    private Tensor images(Weights weights, Batch batch, long from, long count) {
        Tensor[] keep =
                batch.keep().stream()
                        .map(factors -> factors.narrow(0, from, count))
                        .toArray(Tensor[]::new);
        Tensor pictures = batch.pictures().narrow(0, from, count);
        return plan.aims().auxiliary() > 0
                ? tower.embedAndClassify(weights, pictures, keep)
                : tower.embed(weights, pictures, keep);
    }

    /**
     * The loss of embedded cells and the batch's texts, which it embeds.
     *
     * @param seen embeddings of cells and below them of outliers, behind them the auxiliary
     *     classifier's logits where there are any
     */
    static Tensor loss(
            Layout layout, TrainingSet set, Aims aims, Batch batch, Tensor seen, Tensor weights) {
        Tensor images = seen.narrow(1, 0, Layout.DIMENSIONS);
        Tensor told = told(layout, set, aims, batch, images, weights);
        if (aims.auxiliary() <= 0) {
            return told;
        }
        Tensor logits =
                seen.narrow(0, 0, batch.cells()).narrow(1, Layout.DIMENSIONS, layout.classes());
        Tensor classified = Objective.classified(set.wordings(), aims, batch.targets(), logits);
        return told.add(classified.mul(new Scalar(aims.auxiliary())));
    }

    private static Tensor told(
            Layout layout, TrainingSet set, Aims aims, Batch batch, Tensor images, Tensor weights) {
        Weights exact = new Weights(layout, weights);
        int findings = set.wordings().findings().size();
        int values = set.wordings().valueCount();
        Tensor texts = TextHead.embed(exact, batch.texts());
        Tensor[] means = new Tensor[findings];
        long from = 0;
        for (int f = 0; f < findings; f++) {
            long count = BatchMaker.count(aims, set.texts().ofFinding(f));
            means[f] = texts.narrow(0, from, count).mean(0);
            from += count;
        }
        Tensor ofFindings = ImageTower.unit(torch.stack(new TensorVector(means)));
        Tensor ofValues = texts.narrow(0, from, values);
        long own = from + values;
        Tensor ofCells = texts.narrow(0, own, batch.cells());
        Tensor foils = texts.narrow(0, aims.foils() > 0 ? own + batch.cells() : own, batch.cells());
        Objective.Logits logits =
                new Objective.Logits(
                        exact.get(Layout.LOGIT_SCALE).exp(), exact.get(Layout.LOGIT_BIAS));
        return Objective.loss(
                set.wordings(),
                aims,
                batch.targets(),
                images.narrow(0, 0, batch.cells()),
                images.narrow(0, batch.cells(), batch.rows() - batch.cells()),
                ofFindings,
                ofValues,
                ofCells,
                foils,
                logits);
    }

    private static Tensor joined(List<Tensor> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 0);
    }

    @Override
    public void close() {
        batches.close();
        shards.close();
        state.close();
    }
}
