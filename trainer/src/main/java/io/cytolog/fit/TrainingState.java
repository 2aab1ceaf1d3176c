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
 * Weights, their running average and the moments of AdamW (Loshchilov and Hutter 2019), all flat;
 * of what Muon updates the first moment is its momentum. Owned by the training thread, which closes
 * it.
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
    private final Tensor news;
    private final Optional<Muon> muon;
    private int steps;

    /** Of a network that learns its logit scale, with the plan's optimiser. */
    TrainingState(Layout layout, FitPlan plan, Checkpoint from) {
        this(
                layout.parameters(),
                layout.parameter(Layout.LOGIT_SCALE),
                plan.optimiser() == Optimiser.MUON
                        ? Optional.of(new Muon(layout.parameters(), plan.precision()))
                        : Optional.empty(),
                from);
    }

    /** Of any network that has no logit scale, with AdamW. */
    TrainingState(List<Parameter> parameters, Checkpoint from) {
        this(parameters, Optional.empty(), Optional.empty(), from);
    }

    private TrainingState(
            List<Parameter> parameters,
            Optional<Parameter> scale,
            Optional<Muon> muon,
            Checkpoint from) {
        this.scale = scale;
        this.weights = flat(from.weights()).set_requires_grad(true);
        this.average = flat(from.average());
        this.first = flat(from.first());
        this.second = flat(from.second());
        this.decays = flat(decays(parameters));
        this.muon = muon;
        this.news = flat(news(parameters, muon));
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
        first.lerp_(gradient, news);
        second.mul_(new Scalar(BETA2));
        second.addcmul_(gradient, gradient, new Scalar(1 - BETA2));
        Tensor size = second.div(new Scalar(1 - Math.pow(BETA2, steps))).sqrt_();
        size.add_(new Scalar(EPSILON));
        Tensor plain = weights.detach();
        plain.addcmul_(plain, decays, new Scalar(-rate * plan.weightDecay()));
        Tensor update = first.div(size).mul_(new Scalar(1 / (1 - Math.pow(BETA1, steps))));
        muon.ifPresent(matrices -> matrices.into(update, gradient, first));
        plain.add_(update, new Scalar(-rate));
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
        float[] decays = new float[length(parameters)];
        parameters.forEach(one -> fill(decays, one, one.decays() ? 1 : 0));
        return decays;
    }

    /** Share of each first moment that a step's gradient takes. */
    private static float[] news(List<Parameter> parameters, Optional<Muon> muon) {
        float[] news = new float[length(parameters)];
        Arrays.fill(news, (float) (1 - BETA1));
        muon.ifPresent(
                matrices ->
                        matrices.parameters()
                                .forEach(one -> fill(news, one, (float) (1 - Muon.KEPT))));
        return news;
    }

    private static int length(List<Parameter> parameters) {
        Parameter last = parameters.getLast();
        return Math.toIntExact(last.offset() + last.size());
    }

    private static void fill(float[] flat, Parameter parameter, float value) {
        int from = Math.toIntExact(parameter.offset());
        Arrays.fill(flat, from, Math.toIntExact(from + parameter.size()), value);
    }

    @Override
    public void close() {
        for (Tensor tensor : new Tensor[] {weights, average, first, second, decays, news}) {
            tensor.close();
        }
    }
}
