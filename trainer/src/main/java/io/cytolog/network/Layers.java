// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The layers that blocks are made of, over named weights. Channels come last. What runs along the
 * residual path is float32; only {@link #product} and what lies between two of them may be rougher.
 */
final class Layers {

    static final double EPSILON = 1e-6;

    /** Keeps the root's slope finite where all is zero. */
    private static final double LEAST_SQUARE = 1e-12;

    private Layers() {}

    static Tensor linear(Weights weights, String name, Tensor x) {
        return torch.linear(
                x, weights.get(name + ".weight"), new TensorOptional(weights.get(name + ".bias")));
    }

    /** A linear layer in the type that products compute in, which is also its result's. */
    static Tensor product(Weights weights, String name, Tensor x) {
        Tensor matrix = weights.rough(name + ".weight");
        return torch.linear(
                x.to(matrix.scalar_type()),
                matrix,
                new TensorOptional(weights.rough(name + ".bias")));
    }

    static Tensor norm(Weights weights, String name, Tensor x) {
        return torch.layer_norm(
                x,
                new long[] {x.size(x.dim() - 1)},
                new TensorOptional(weights.get(name + ".weight")),
                new TensorOptional(weights.get(name + ".bias")),
                EPSILON,
                true);
    }

    /** Patches that do not overlap: channels first in, channels last out. */
    static Tensor patches(Weights weights, String name, Tensor x, long stride) {
        return torch.conv2d(
                        x,
                        weights.get(name + ".weight"),
                        new TensorOptional(weights.get(name + ".bias")),
                        new long[] {stride, stride},
                        new long[] {0, 0},
                        new long[] {1, 1},
                        1)
                .permute(0, 2, 3, 1);
    }

    /** Each channel with its own 7 x 7 kernel. */
    static Tensor depthwise(Weights weights, String name, Tensor x) {
        return Depthwise.convolve(weights, name, x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1);
    }

    /**
     * Global response normalisation, in which channels compete by their length over the whole
     * picture, and a product of the result. Written so that as few as possible of the widest maps
     * of a block are gone through: what is added to them is carried through the matrix alone, and
     * the gradient of a square is taken as twice that of a product with a constant. LibTorch's norm
     * over two inner dimensions is five times slower than the root of a sum. Not to be
     * differentiated twice.
     */
    static Tensor responseProduct(Weights weights, String response, String product, Tensor x) {
        Tensor products = x.mul(x.detach()).sum(new long[] {1, 2}, true, null);
        Tensor squares = products.mul(new Scalar(2)).sub(products.detach());
        Tensor length = squares.add(new Scalar(LEAST_SQUARE)).sqrt();
        Tensor share =
                length.div(length.mean(new long[] {-1}, true, null).add(new Scalar(EPSILON)));
        Tensor gain = share.mul(weights.rough(response + ".gamma")).add(new Scalar(1));
        Tensor matrix = weights.rough(product + ".weight");
        Tensor shift = matrix.mv(weights.rough(response + ".beta").reshape(matrix.size(1)));
        Tensor bias = weights.rough(product + ".bias").add(shift);
        long positions = x.size(1) * x.size(2);
        if (positions <= matrix.size(0)) {
            return torch.linear(x.mul(gain), matrix, new TensorOptional(bias));
        }
        long n = x.size(0);
        Tensor own = matrix.mul(gain.reshape(n, 1, matrix.size(1))).transpose(1, 2);
        Tensor rows = x.reshape(n, positions, matrix.size(1));
        return torch.baddbmm(bias, rows, own).reshape(n, x.size(1), x.size(2), matrix.size(0));
    }
}
