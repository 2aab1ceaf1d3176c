// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import io.cytolog.fit.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The weights of one network, their running average and the second moment of Adam (Kingma and Ba
 * 2015) without a first one, as R3GAN trains. Owned by the training thread, which closes it.
 */
final class Player implements AutoCloseable {

    private static final double BETA2 = 0.99;
    private static final double EPSILON = 1e-8;

    private final Tensor weights;
    private final Tensor average;
    private final Tensor second;

    Player(float[] weights, float[] average, float[] second) {
        this.weights = Tensors.of(weights, weights.length).set_requires_grad(true);
        this.average = Tensors.of(average, average.length);
        this.second = Tensors.of(second, second.length);
    }

    /** Takes a gradient. */
    Tensor weights() {
        return weights;
    }

    /** The same values, without a gradient. */
    Tensor fixed() {
        return weights.detach();
    }

    Tensor average() {
        return average;
    }

    float[][] values() {
        return new float[][] {
            Tensors.values(weights), Tensors.values(average), Tensors.values(second)
        };
    }

    /**
     * One update from the gradient of the weights, which is cleared; within a pointer scope.
     *
     * @param step from 0
     */
    void update(int step, double rate, double averageDecay) {
        Tensor gradient = weights.grad();
        second.mul_(new Scalar(BETA2));
        second.addcmul_(gradient, gradient, new Scalar(1 - BETA2));
        Tensor size = second.div(new Scalar(1 - Math.pow(BETA2, step + 1))).sqrt_();
        size.add_(new Scalar(EPSILON));
        Tensor plain = weights.detach();
        plain.addcdiv_(gradient, size, new Scalar(-rate));
        double kept = Math.min(averageDecay, (1.0 + step) / (10.0 + step));
        average.lerp_(plain, new Scalar(1 - kept));
        gradient.zero_();
    }

    @Override
    public void close() {
        weights.close();
        average.close();
        second.close();
    }
}
