// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The fully convolutional masked autoencoder (FCMAE, Woo et al. 2023): the tower sees some patches,
 * a decoder of one block paints the hidden ones, and only those are judged. Where the paper's
 * sparse convolution skips hidden positions, this one computes all and multiplies hidden ones with
 * zero after each layer that mixes positions, which gives the same values. Stateless.
 */
public final class MaskedAutoencoder {

    private static final double LEAST_VARIANCE = 1e-6;

    private final Layout layout;
    private final ImageTower tower;

    /**
     * @param layout with a decoder
     */
    public MaskedAutoencoder(Layout layout) {
        this.layout = layout;
        this.tower = new ImageTower(layout);
    }

    /**
     * Painted patches, normalised.
     *
     * @param pixels {@code [n, 3, side, side]}, normalised
     * @return {@code [n, patches, 32 * 32 * 3]}, row by row, channels last
     */
    public Tensor paint(Weights weights, Tensor pixels, Visibility visibility) {
        Tensor x = tower.features(weights, pixels, visibility);
        Tensor seen = visibility.at(layout.stages() - 1);
        Tensor hidden = seen.neg().add(new Scalar(1));
        x = Layers.product(weights, "decoder.embed", x).mul(seen);
        x = x.add(hidden.mul(weights.get("decoder.token")));
        ImageTower.Block block = new ImageTower.Block("decoder.block", BlockKind.CONVOLUTION, 0);
        x = Layers.product(weights, "decoder.paint", block.apply(weights, x, Visibility.WHOLE));
        return x.reshape(x.size(0), x.size(1) * x.size(2), x.size(3));
    }

    /**
     * Mean squared error of the hidden patches, each against its own pixels with their mean taken
     * away and divided by their deviation; a scalar in float32.
     */
    public Tensor loss(Tensor painted, Tensor pixels, Visibility visibility) {
        Tensor target = normalised(patches(pixels));
        Tensor error =
                painted.to(torch.ScalarType.Float)
                        .sub(target)
                        .square()
                        .mean(new long[] {2}, false, null);
        Tensor seen = visibility.at(layout.stages() - 1).to(torch.ScalarType.Float);
        Tensor hidden = seen.reshape(error.size(0), error.size(1)).neg().add(new Scalar(1));
        return error.mul(hidden).sum().div(hidden.sum());
    }

    /** Cuts pictures into the last stage's patches: {@code [n, patches, 32 * 32 * 3]}. */
    public Tensor patches(Tensor pixels) {
        long n = pixels.size(0);
        long stride = layout.stride();
        long side = pixels.size(2) / stride;
        return pixels.to(torch.ScalarType.Float)
                .reshape(n, 3, side, stride, side, stride)
                .permute(0, 2, 4, 3, 5, 1)
                .reshape(n, side * side, stride * stride * 3);
    }

    /** Puts patches together again: {@code [n, 3, side, side]}. */
    public Tensor picture(Tensor patches) {
        long n = patches.size(0);
        long stride = layout.stride();
        long side = Math.round(Math.sqrt(patches.size(1)));
        return patches.reshape(n, side, side, stride, stride, 3)
                .permute(0, 5, 1, 3, 2, 4)
                .reshape(n, 3, side * stride, side * stride);
    }

    /** Gives painted patches the mean and deviation of the true ones, to be looked at. */
    public Tensor restored(Tensor painted, Tensor pixels) {
        Tensor truth = patches(pixels);
        return painted.to(torch.ScalarType.Float).mul(deviation(truth)).add(mean(truth));
    }

    private static Tensor normalised(Tensor patches) {
        return patches.sub(mean(patches)).div(deviation(patches));
    }

    private static Tensor mean(Tensor patches) {
        return patches.mean(new long[] {2}, true, null);
    }

    private static Tensor deviation(Tensor patches) {
        Tensor variance = patches.sub(mean(patches)).square().mean(new long[] {2}, true, null);
        return variance.add(new Scalar(LEAST_VARIANCE)).sqrt();
    }
}
