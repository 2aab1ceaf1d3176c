// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.network.Layout;
import io.cytolog.network.Parameter;
import io.cytolog.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Weights, their running average and the moments of AdamW (Loshchilov and Hutter 2019), all flat.
 * Owned by the training thread, which closes it.
 */
final class TrainingState implements AutoCloseable {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.98;
    private static final double EPSILON = 1e-8;
    private static final double LONGEST_GRADIENT = 1.0;

    private final Optional<Parameter> scale;
    private final Tensor weights;
    private final Tensor average;
    private final Tensor first;
    private final Tensor second;
    private final Tensor decays;
    private int steps;

    TrainingState(Layout layout, Checkpoint from) {
        this(layout.parameters(), layout.parameter(Layout.LOGIT_SCALE), from);
    }

    /** Of any network that has no logit scale. */
    TrainingState(List<Parameter> parameters, Checkpoint from) {
        this(parameters, Optional.empty(), from);
    }

    private TrainingState(List<Parameter> parameters, Optional<Parameter> scale, Checkpoint from) {
        this.scale = scale;
        this.weights = flat(from.weights()).set_requires_grad(true);
        this.average = flat(from.average());
        this.first = flat(from.first());
        this.second = flat(from.second());
        this.decays = flat(decays(parameters));
        this.steps = from.steps();
    }

    static Checkpoint fresh(Layout layout, long seed, String identity) {
        return Checkpoint.starting(Weights.initial(layout, seed), identity);
    }

    int steps() {
        return steps;
    }

    Tensor weights() {
        return weights;
    }

    /** The gradient that the next update takes; zero until something is added. */
    Tensor gradient() {
        if (!weights.grad().defined()) {
            weights.mutable_grad().put(weights.detach().mul(new Scalar(0)));
        }
        return weights.grad();
    }

    /** Copies everything out. */
    Checkpoint checkpoint(String identity) {
        return new Checkpoint(
                identity,
                steps,
                Tensors.values(weights),
                Tensors.values(average),
                Tensors.values(first),
                Tensors.values(second));
    }

    float[] averageValues() {
        return Tensors.values(average);
    }

    /** One update from the gradient of the weights, which is cleared; within a pointer scope. */
    double update(double rate, FitPlan plan) {
        Tensor gradient = weights.grad();
        double length = gradient.norm().item_float();
        gradient.mul_(new Scalar(Math.min(1, LONGEST_GRADIENT / (length + 1e-6))));
        steps++;
        first.lerp_(gradient, new Scalar(1 - BETA1));
        second.mul_(new Scalar(BETA2));
        second.addcmul_(gradient, gradient, new Scalar(1 - BETA2));
        Tensor size = second.div(new Scalar(1 - Math.pow(BETA2, steps))).sqrt_();
        size.add_(new Scalar(EPSILON));
        Tensor plain = weights.detach();
        plain.addcmul_(plain, decays, new Scalar(-rate * plan.weightDecay()));
        plain.addcdiv_(first, size, new Scalar(-rate / (1 - Math.pow(BETA1, steps))));
        clampScale(plain);
        double kept = Math.min(plan.averageDecay(), (1.0 + steps) / (10.0 + steps));
        average.lerp_(plain, new Scalar(1 - kept));
        gradient.zero_();
        return length;
    }

    /** The logit scale stays at most 100 (Radford et al. 2021). */
    private void clampScale(Tensor plain) {
        if (scale.isPresent()) {
            plain.narrow(0, scale.get().offset(), 1)
                    .clamp_(
                            new org.bytedeco.pytorch.ScalarOptional(new Scalar(0.0)),
                            new org.bytedeco.pytorch.ScalarOptional(new Scalar(Math.log(100))));
        }
    }

    private static Tensor flat(float[] values) {
        return Tensors.of(values, values.length);
    }

    private static float[] decays(List<Parameter> parameters) {
        Parameter last = parameters.getLast();
        float[] decays = new float[Math.toIntExact(last.offset() + last.size())];
        for (Parameter parameter : parameters) {
            int from = Math.toIntExact(parameter.offset());
            int to = Math.toIntExact(parameter.offset() + parameter.size());
            Arrays.fill(decays, from, to, parameter.decays() ? 1 : 0);
        }
        return decays;
    }

    @Override
    public void close() {
        for (Tensor tensor : new Tensor[] {weights, average, first, second, decays}) {
            tensor.close();
        }
    }
}
