// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.image.CellPixels;
import io.cytolog.network.Layout;
import io.cytolog.network.MaskedAutoencoder;
import io.cytolog.network.Visibility;
import io.cytolog.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Teaches a trunk to fill in hidden patches (FCMAE, Woo et al. 2023); no label is looked at. Owned
 * by one thread, which also closes it.
 */
public final class Pretrainer implements AutoCloseable {

    private final Layout layout;
    private final MaskedAutoencoder network;
    private final List<CellPixels> pixels;
    private final FitPlan plan;
    private final String identity;
    private final TrainingState state;
    private final int steps;
    private final Shards shards;
    private final Ahead<MaskedBatch> batches;
    private int[] order = {};
    private int orderOfEpoch = -1;

    /** The state before the first step. */
    public static Checkpoint fresh(Layout layout, long seed, String identity) {
        return TrainingState.fresh(layout, seed, identity);
    }

    /**
     * Goes on from a checkpoint.
     *
     * @param layout with a decoder
     * @param pixels training pictures only
     * @param threads that compute; the same number gives the same values to the bit
     */
    public Pretrainer(
            Layout layout, List<CellPixels> pixels, FitPlan plan, Checkpoint from, int threads) {
        this.layout = layout;
        this.network = new MaskedAutoencoder(layout);
        this.pixels = List.copyOf(pixels);
        this.plan = plan;
        this.identity = from.identity();
        Threads.use(threads);
        this.state = new TrainingState(layout, plan, from);
        this.steps = plan.steps(pixels.size());
        this.shards = new Shards(layout, plan.precision() == Precision.BFLOAT16, threads);
        this.batches = new Ahead<>(this::batch, steps);
    }

    /** Trains until the plan's end or until told to stop, which is looked at after every step. */
    public void run(Trainer.Listener listener, BooleanSupplier stop) {
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

    private double step() {
        try (MaskedBatch batch = batches.take(state.steps());
                PointerScope _ = new PointerScope()) {
            long n = batch.pictures().size(0);
            List<Tensor> losses =
                    shards.forward(
                            state.weights(),
                            n,
                            (weights, from, count) -> loss(weights, batch, from, count, n));
            Tensor loss = losses.getFirst();
            for (Tensor other : losses.subList(1, losses.size())) {
                loss = loss.add(other);
            }
            loss.backward();
            shards.backward(losses, state.gradient());
            state.update(plan.rate(state.steps(), steps), plan);
            return loss.item_float();
        }
    }

    /** A part's share of the batch's mean. */
    private Tensor loss(Weights weights, MaskedBatch batch, long from, long count, long all) {
        Tensor pictures = batch.pictures().narrow(0, from, count);
        Visibility visibility = batch.visibility(layout, from, count);
        Tensor painted = network.paint(weights, pictures, visibility);
        return network.loss(painted, pictures, visibility).mul(new Scalar((double) count / all));
    }

    /** Runs on the maker's thread, which alone touches the order. */
    private MaskedBatch batch(int step) {
        int perEpoch = plan.stepsPerEpoch(pixels.size());
        int epoch = step / perEpoch;
        if (epoch != orderOfEpoch) {
            order = shuffled(pixels.size(), new Random(plan.seed() * 1_000_003L + epoch));
            orderOfEpoch = epoch;
        }
        int from = step % perEpoch * plan.batch();
        List<CellPixels> shown = new ArrayList<>();
        for (int i = from; i < Math.min(from + plan.batch(), order.length); i++) {
            shown.add(pixels.get(order[i]));
        }
        int side = plan.side(step, steps, pixels.getFirst().side());
        return MaskedBatch.draw(layout, shown, side, new Random(plan.seed() * 7_919L + step));
    }

    private static int[] shuffled(int count, Random random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    @Override
    public void close() {
        batches.close();
        shards.close();
        state.close();
    }
}
