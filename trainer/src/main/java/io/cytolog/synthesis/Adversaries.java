// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import io.cytolog.network.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Generator and discriminator as functions of their weights; tensors are {@code [n, channels,
 * height, width]}, pictures -1 to 1. Stateless.
 */
final class Adversaries {

    private static final double SLOPE = 0.2;

    /** Keeps the size of what leaves an activation (He et al. 2015). */
    private static final double GAIN = Math.sqrt(2 / (1 + SLOPE * SLOPE));

    /** Keeps the slope of a deviation finite where cells are alike. */
    private static final double LEAST_VARIANCE = 1e-4;

    private final GanShape shape;

    /** Brings a class's embedding, 1 over the root of its length, to that of a linear layer. */
    private final double loudness;

    Adversaries(GanShape shape) {
        this.shape = shape;
        this.loudness = Math.sqrt((double) GanShape.NOISE / shape.classes());
    }

    /**
     * @param noise float {@code [n, 64]}
     * @param classes places of the classes, int64 {@code [n]}
     * @return pictures {@code [n, 3, side, side]}, not bounded
     */
    Tensor generate(Weights weights, Tensor noise, Tensor classes) {
        long n = noise.size(0);
        Tensor told = weights.get("classes").index_select(0, classes).mul(new Scalar(loudness));
        Tensor joined = torch.cat(new TensorVector(noise, told), 1);
        // No bias: what all cells share would drown the noise.
        Tensor strengths = torch.linear(joined, weights.get("noise"));
        int first = shape.widths().getFirst();
        Tensor basis = weights.get("basis").mul(new Scalar(GanShape.SMALLEST_SIDE)).unsqueeze(0);
        Tensor x = basis.mul(strengths.view(n, first, 1, 1));
        for (int s = 0; s < shape.widths().size(); s++) {
            if (s > 0) {
                long side = (long) GanShape.SMALLEST_SIDE << s;
                // One pixel's channels commute with enlarging, and cost a quarter before it.
                x = conv(x, weights.get("up" + s), 1, 0);
                x = torch.upsample_bilinear2d(x, new long[] {side, side}, false);
            }
            x = block(weights, s, x);
        }
        Tensor rgb = conv(x, weights.get("rgb.weight"), 1, 0);
        return rgb.add(weights.get("rgb.bias").view(1, 3, 1, 1));
    }

    /**
     * @param pictures {@code [n, 3, side, side]}, in sets of one class each
     * @return how real each looks for its class {@code [n]}; only differences mean something
     */
    Tensor judge(Weights weights, Tensor pictures, Tensor classes) {
        int last = shape.widths().getLast();
        Tensor x = conv(pictures, weights.get("rgb.weight"), 1, 0);
        x = active(x.add(weights.get("rgb.bias").view(1, last, 1, 1)));
        for (int s = shape.widths().size() - 1; s >= 0; s--) {
            x = block(weights, s, x);
            if (s > 0) {
                x = conv(torch.avg_pool2d(x, 2, 2), weights.get("down" + s), 1, 0);
            }
        }
        int first = shape.widths().getFirst();
        Tensor spread = spread(x);
        x = conv(x, weights.get("basis"), first, 0).view(x.size(0), first);
        x = linear(weights, "head", torch.cat(new TensorVector(x, spread), 1));
        Tensor told = weights.get("classes").index_select(0, classes);
        return x.mul(told).sum(1);
    }

    /**
     * How much the cells of a set differ, wherever in the picture.
     *
     * @param map {@code [n, channels, height, width]}
     * @return mean deviation over channels {@code [n, 1]}, the same for all cells of a set
     */
    private static Tensor spread(Tensor map) {
        long sets = map.size(0) / GanShape.SET;
        Tensor features = map.mean(2, 3).view(sets, GanShape.SET, map.size(1));
        Tensor apart = features.sub(features.mean(new long[] {1}, true, null));
        Tensor variance = apart.square().mean(1);
        Tensor deviation = variance.add(new Scalar(LEAST_VARIANCE)).sqrt().mean(1);
        return deviation.repeat_interleave(GanShape.SET).unsqueeze(1);
    }

    private Tensor block(Weights weights, int stage, Tensor x) {
        String name = "stage" + stage;
        Tensor y = conv(x, weights.get(name + ".expand"), 1, 0);
        y = active(biased(y, weights.get(name + ".expand.bias")));
        y = conv(y, weights.get(name + ".mix"), shape.groups(stage), 1);
        y = active(biased(y, weights.get(name + ".mix.bias")));
        return x.add(conv(y, weights.get(name + ".reduce"), 1, 0));
    }

    private static Tensor biased(Tensor x, Tensor bias) {
        return x.add(bias.view(1, bias.size(0), 1, 1));
    }

    private static Tensor active(Tensor x) {
        return torch.leaky_relu(x, new Scalar(SLOPE)).mul(new Scalar(GAIN));
    }

    private static Tensor linear(Weights weights, String name, Tensor x) {
        return torch.linear(
                x, weights.get(name + ".weight"), new TensorOptional(weights.get(name + ".bias")));
    }

    private static Tensor conv(Tensor x, Tensor weight, long groups, long padding) {
        return torch.conv2d(
                x,
                weight,
                new TensorOptional(),
                new long[] {1, 1},
                new long[] {padding, padding},
                new long[] {1, 1},
                groups);
    }
}
