// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.network.ImageTower;
import io.cytolog.network.Layout;
import io.cytolog.network.Weights;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Forward, backward and update on a batch that lies ready, as one would write it first. */
final class BareStep implements AutoCloseable {

    private final Layout layout;
    private final TrainingSet set;
    private final FitPlan plan;
    private final TrainingState state;
    private final int threads;

    BareStep(Layout layout, TrainingSet set, FitPlan plan, Checkpoint from, int threads) {
        this.layout = layout;
        this.set = set;
        this.plan = plan;
        this.state = new TrainingState(layout, plan, from);
        this.threads = threads;
    }

    double step(Batch batch) {
        Threads.use(threads);
        try (PointerScope _ = new PointerScope()) {
            Weights weights =
                    new Weights(layout, state.weights(), plan.precision() == Precision.BFLOAT16);
            Tensor[] keep = batch.keep().toArray(Tensor[]::new);
            Tensor images = new ImageTower(layout).embed(weights, batch.pictures(), keep);
            Tensor loss = Trainer.loss(layout, set, Aims.STANDARD, batch, images, state.weights());
            loss.backward();
            state.update(plan.rate(state.steps(), 1_000_000), plan);
            return loss.item_float();
        }
    }

    @Override
    public void close() {
        state.close();
    }
}
