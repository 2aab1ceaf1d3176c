// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The relativistic pairing loss (Jolicoeur-Martineau 2019) and the zero-centred gradient penalties
 * on real and on generated pictures (Mescheder et al. 2018), as R3GAN joins them. Stateless.
 */
final class GanLoss {

    private GanLoss() {}

    /**
     * What a player pays when {@code other} looks more real than {@code own}, mean over pairs.
     *
     * @param own {@code [n]}
     * @param other {@code [n]}
     */
    static Tensor relativistic(Tensor own, Tensor other) {
        return torch.softplus(other.sub(own)).mean();
    }

    /**
     * Squared length of the gradient of what the discriminator says, by picture, mean over
     * pictures; itself differentiable by the weights.
     *
     * @param said {@code [n]}, of the pictures one by one
     * @param pictures that take a gradient
     */
    static Tensor penalty(Tensor said, Tensor pictures) {
        TensorVector slopes =
                torch.grad(
                        new TensorVector(said.sum()),
                        new TensorVector(pictures),
                        new TensorVector(),
                        new BoolOptional(true),
                        true,
                        false);
        Tensor slope = slopes.get(0);
        return slope.square().sum().mul(new Scalar(1.0 / pictures.size(0)));
    }
}
