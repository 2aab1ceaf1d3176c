// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.network.OutlineTower;
import io.cytolog.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Teaches an outline tower on pictures with known outlines. What a step draws follows from seed and
 * step. Owned by one thread, which also closes it.
 */
public final class OutlineTrainer implements AutoCloseable {

    private final List<OutlinedPicture> pictures;
    private final FitPlan plan;
    private final String identity;
    private final TrainingState state;
    private final int steps;

    /** Goes on from a checkpoint. */
    public OutlineTrainer(List<OutlinedPicture> pictures, FitPlan plan, Checkpoint from) {
        this.pictures = List.copyOf(pictures);
        this.plan = plan;
        this.identity = from.identity();
        this.state = new TrainingState(OutlineTower.parameters(), from);
        this.steps = plan.steps(pictures.size());
    }

    /** The state before the first step. */
    public static Checkpoint start(long seed, String identity) {
        return Checkpoint.starting(Weights.initial(OutlineTower.parameters(), seed), identity);
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
        Random random = new Random(plan.seed() * 7_919L + state.steps());
        List<OutlinedPicture> batch = new ArrayList<>();
        for (int i = 0; i < plan.batch(); i++) {
            batch.add(pictures.get(random.nextInt(pictures.size())));
        }
        try (PlainConvolutions _ = new PlainConvolutions();
                PointerScope _ = new PointerScope()) {
            int side = batch.getFirst().pixels().side();
            Tensor all = torch.cat(new TensorVector(shown(batch), outlines(batch, side)), 1);
            Tensor moved = Augmenter.moved(all, batch.size(), side, 1, random);
            Tensor seen = Augmenter.lit(moved.narrow(1, 0, 3).contiguous(), side, 1, random);
            Tensor aim =
                    torch.avg_pool2d(
                            moved.narrow(1, 3, OutlineTower.CHANNELS).contiguous(),
                            new long[] {OutlineTower.STRIDE, OutlineTower.STRIDE},
                            new long[] {OutlineTower.STRIDE, OutlineTower.STRIDE},
                            new long[] {0, 0},
                            false,
                            false,
                            new LongOptional());
            Weights weights = new Weights(OutlineTower.parameters(), state.weights());
            Tensor loss = loss(OutlineTower.outline(weights, seen), aim);
            loss.backward();
            state.update(plan.rate(state.steps(), steps), plan);
            return loss.item_float();
        }
    }

    /**
     * Cross-entropy against the share of a pixel that is covered, so that a probability of one half
     * lies on the edge.
     */
    static Tensor loss(Tensor logits, Tensor shares) {
        // log(1 + e^x) - share * x
        return torch.softplus(logits).sub(logits.mul(shares)).mean();
    }

    private static Tensor shown(List<OutlinedPicture> batch) {
        return Tensors.pictures(batch.stream().map(OutlinedPicture::pixels).toList());
    }

    private static Tensor outlines(List<OutlinedPicture> batch, int side) {
        byte[] all = new byte[batch.size() * OutlineTower.CHANNELS * side * side];
        int at = 0;
        for (OutlinedPicture picture : batch) {
            System.arraycopy(picture.body(), 0, all, at, side * side);
            System.arraycopy(picture.nucleus(), 0, all, at + side * side, side * side);
            at += 2 * side * side;
        }
        long[] shape = {batch.size(), OutlineTower.CHANNELS, side, side};
        try (BytePointer memory = new BytePointer(all);
                Tensor bytes =
                        torch.from_blob(memory, shape, new TensorOptions(torch.ScalarType.Byte))) {
            return bytes.to(torch.ScalarType.Float).div(new Scalar(255.0));
        }
    }

    /**
     * Probabilities of a picture {@code [2, side / 2, side / 2]}, row after row.
     *
     * @param weights flat
     */
    public static float[] probabilities(float[] weights, OutlinedPicture picture) {
        try (PlainConvolutions _ = new PlainConvolutions();
                PointerScope _ = new PointerScope()) {
            Tensor seen = Augmenter.plain(shown(List.of(picture)));
            Weights named =
                    new Weights(OutlineTower.parameters(), Tensors.of(weights, weights.length));
            return Tensors.values(OutlineTower.outline(named, seen).sigmoid());
        }
    }

    @Override
    public void close() {
        state.close();
    }
}
