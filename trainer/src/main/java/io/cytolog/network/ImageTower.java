// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * ConvNeXt V2 (Woo et al. 2023, arXiv:2301.00808): patches, four stages of depthwise convolution
 * and global response normalisation, a linear head on the mean. Stateless: the weights come with
 * the call. Inside, tensors are {@code [n, height, width, channels]}.
 */
public final class ImageTower {

    static final double EPSILON = 1e-6;

    /** Mean and deviation of the pixels, 0 to 1, by channel; the exported graph holds the same. */
    public static final float[] MEAN = {0.485f, 0.456f, 0.406f};

    public static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final Layout layout;

    public ImageTower(Layout layout) {
        this.layout = layout;
    }

    /**
     * @param pixels float {@code [n, 3, side, side]}, normalised
     * @param keep by block, {@code [n, 1, 1, 1]}: 0 drops the residual branch of a cell, else one
     *     over the share kept (stochastic depth); empty to keep all
     * @return unit-length embeddings {@code [n, 256]}
     */
    public Tensor embed(Weights weights, Tensor pixels, Tensor... keep) {
        Tensor x = conv(weights, "stem.conv", pixels, 4).permute(0, 2, 3, 1);
        x = norm(weights, "stem.norm", x);
        int number = 0;
        for (int s = 0; s < layout.stages(); s++) {
            if (s > 0) {
                x = norm(weights, "down%d.norm".formatted(s), x).permute(0, 3, 1, 2);
                x = conv(weights, "down%d.conv".formatted(s), x, 2).permute(0, 2, 3, 1);
            }
            for (int b = 0; b < layout.depth(s); b++) {
                Tensor branch = branch(weights, "stage%d.block%d".formatted(s, b), x);
                x = x.add(keep.length == 0 ? branch : branch.mul(keep[number]));
                number++;
            }
        }
        x = norm(weights, "head.norm", x.mean(1, 2));
        return unit(linear(weights, "head.project", x));
    }

    /** Scales rows to unit length. */
    public static Tensor unit(Tensor rows) {
        Tensor length = rows.square().sum(new long[] {1}, true, null).add(new Scalar(1e-12)).sqrt();
        return rows.div(length);
    }

    static Tensor linear(Weights weights, String name, Tensor x) {
        return torch.linear(
                x, weights.get(name + ".weight"), new TensorOptional(weights.get(name + ".bias")));
    }

    private static Tensor branch(Weights weights, String name, Tensor x) {
        long width = x.size(3);
        Tensor y =
                torch.conv2d(
                        x.permute(0, 3, 1, 2),
                        weights.get(name + ".depthwise.weight"),
                        new TensorOptional(weights.get(name + ".depthwise.bias")),
                        new long[] {1, 1},
                        new long[] {3, 3},
                        new long[] {1, 1},
                        width);
        y = norm(weights, name + ".norm", y.permute(0, 2, 3, 1));
        y = torch.gelu(linear(weights, name + ".expand", y));
        y = respond(weights, name + ".grn", y);
        return linear(weights, name + ".reduce", y);
    }

    /** Global response normalisation: channels compete by their length over the whole picture. */
    private static Tensor respond(Weights weights, String name, Tensor x) {
        Tensor length = x.norm(new ScalarOptional(new Scalar(2)), new long[] {1, 2}, true);
        Tensor share =
                length.div(length.mean(new long[] {-1}, true, null).add(new Scalar(EPSILON)));
        Tensor gain = share.mul(weights.get(name + ".gamma")).add(new Scalar(1));
        return x.mul(gain).add(weights.get(name + ".beta"));
    }

    private static Tensor norm(Weights weights, String name, Tensor x) {
        return torch.layer_norm(
                x,
                new long[] {x.size(x.dim() - 1)},
                new TensorOptional(weights.get(name + ".weight")),
                new TensorOptional(weights.get(name + ".bias")),
                EPSILON,
                true);
    }

    private static Tensor conv(Weights weights, String name, Tensor x, long stride) {
        return torch.conv2d(
                x,
                weights.get(name + ".weight"),
                new TensorOptional(weights.get(name + ".bias")),
                new long[] {stride, stride},
                new long[] {0, 0},
                new long[] {1, 1},
                1);
    }
}
