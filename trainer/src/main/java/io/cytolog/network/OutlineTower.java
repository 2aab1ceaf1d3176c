// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import io.cytolog.network.Parameter.Start;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A small U-shaped network (Ronneberger et al. 2015, arXiv:1505.04597) that outlines a cell and its
 * nucleus at half the picture's side: four scales down, three up, what was seen on the way down
 * added on the way up. 0.1 million weights. Stateless.
 */
public final class OutlineTower {

    /** Channels of the scales, from half the picture's side down. */
    public static final List<Integer> WIDTHS = List.of(12, 24, 32, 48);

    /** Cell and nucleus. */
    public static final int CHANNELS = 2;

    /** Pixels of the picture to one of the map, along a side. */
    public static final int STRIDE = 2;

    public static final double SLOPE = 0.1;

    /** Keeps the size of what leaves an activation (He et al. 2015). */
    public static final double GAIN = Math.sqrt(2 / (1 + SLOPE * SLOPE));

    private OutlineTower() {}

    /** Names and places of its weights. */
    public static List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        int before = 3;
        for (int s = 0; s < WIDTHS.size(); s++) {
            int width = WIDTHS.get(s);
            convolution(parameters, "down%d.shrink".formatted(s), width, before, 3);
            convolution(parameters, "down%d.mix".formatted(s), width, width, 3);
            before = width;
        }
        for (int s = WIDTHS.size() - 2; s >= 0; s--) {
            int width = WIDTHS.get(s);
            add(parameters, "up%d.grow.weight".formatted(s), true, before, width, 2, 2);
            add(parameters, "up%d.grow.bias".formatted(s), false, width);
            convolution(parameters, "up%d.mix".formatted(s), width, width, 3);
            before = width;
        }
        convolution(parameters, "outline", CHANNELS, before, 1);
        return parameters;
    }

    /**
     * @param pixels float {@code [n, 3, side, side]}, normalised as for the image tower
     * @return logits of cell and nucleus {@code [n, 2, side / 2, side / 2]}
     */
    public static Tensor outline(Weights weights, Tensor pixels) {
        List<Tensor> seen = new ArrayList<>();
        Tensor x = pixels;
        for (int s = 0; s < WIDTHS.size(); s++) {
            x = active(conv(weights, "down%d.shrink".formatted(s), x, 2));
            x = active(conv(weights, "down%d.mix".formatted(s), x, 1));
            seen.add(x);
        }
        for (int s = WIDTHS.size() - 2; s >= 0; s--) {
            x = active(grown(weights, "up%d.grow".formatted(s), x).add(seen.get(s)));
            x = active(conv(weights, "up%d.mix".formatted(s), x, 1));
        }
        return conv(weights, "outline", x, 1);
    }

    private static Tensor conv(Weights weights, String name, Tensor x, long stride) {
        Tensor kernel = weights.get(name + ".weight");
        long padding = kernel.size(2) / 2;
        return torch.conv2d(
                x,
                kernel,
                new TensorOptional(weights.get(name + ".bias")),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                1);
    }

    private static Tensor grown(Weights weights, String name, Tensor x) {
        return torch.conv_transpose2d(
                x,
                weights.get(name + ".weight"),
                new TensorOptional(weights.get(name + ".bias")),
                new long[] {2, 2},
                new long[] {0, 0},
                new long[] {0, 0},
                1,
                new long[] {1, 1});
    }

    private static Tensor active(Tensor x) {
        return torch.leaky_relu(x, new Scalar(SLOPE)).mul(new Scalar(GAIN));
    }

    private static void convolution(
            List<Parameter> parameters, String name, int out, int in, int kernel) {
        add(parameters, name + ".weight", true, out, in, kernel, kernel);
        add(parameters, name + ".bias", false, out);
    }

    private static void add(List<Parameter> parameters, String name, boolean weight, int... shape) {
        long offset =
                parameters.isEmpty()
                        ? 0
                        : parameters.getLast().offset() + parameters.getLast().size();
        parameters.add(
                new Parameter(name, shape, offset, weight ? Start.FAN_IN : Start.ZERO, weight));
    }
}
