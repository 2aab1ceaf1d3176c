// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.VoidTensorHook;
import org.bytedeco.pytorch.global.torch;

/**
 * Convolution of each channel with its own 7 x 7 kernel, over maps {@code [n, channels, height,
 * width]} whose size stays. Where weights are learnt, the gradient of the kernels is taken in three
 * strips of at most three columns: for these oneDNN has code for depthwise convolutions, for wider
 * kernels it takes that for dense ones, which needs several times as long.
 */
final class Depthwise {

    private static final int SIDE = 7;
    private static final int HALF = 3;

    /** Columns that the strip in the middle does not have, on either side of it. */
    private static final int OUTER = 2;

    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

    private Depthwise() {}

    static Tensor convolve(Weights weights, String name, Tensor x) {
        Tensor kernel = weights.get(name + ".weight");
        Tensor bias = weights.get(name + ".bias");
        if (!weights.collecting()) {
            return convolved(x, kernel, bias);
        }
        Tensor y = convolved(x, kernel.detach(), bias.detach());
        y.register_hook(new Collector(weights, name, x.detach()));
        return y;
    }

    private static Tensor convolved(Tensor x, Tensor kernel, Tensor bias) {
        long[] padding = {HALF, HALF};
        return torch.conv2d(x, kernel, new TensorOptional(bias), ONE, padding, ONE, x.size(1));
    }

    /** Called with the gradient of a convolution's output; adds those of its weights. */
    private static final class Collector extends VoidTensorHook {

        private final Weights weights;
        private final String name;
        private final Tensor x;

        Collector(Weights weights, String name, Tensor x) {
            this.weights = weights;
            this.name = name;
            this.x = x;
        }

        @Override
        public void call(TensorBase gradient) {
            try (PointerScope _ = new PointerScope()) {
                Tensor told = new Tensor(gradient);
                weights.collect(name + ".weight", ofKernel(told, x));
                weights.collect(name + ".bias", told.sum(0, 2, 3));
            }
        }
    }

    /**
     * Gradient of the kernels {@code [channels, 1, 7, 7]}.
     *
     * @param told gradient of the output
     * @param x input
     */
    static Tensor ofKernel(Tensor told, Tensor x) {
        long rows = Math.min(HALF, x.size(2) - 1);
        long near = Math.min(1, x.size(3) - 1);
        Strips strips = new Strips(told, rows);
        Tensor gradient = torch.zeros(x.size(1), 1, SIDE, SIDE);
        // What no position of a small map reaches stays zero.
        Tensor reached = gradient.narrow(2, HALF - rows, 2 * rows + 1);
        reached.narrow(3, HALF - near, 2 * near + 1).copy_(strips.around(x, near));
        if (x.size(3) > OUTER) {
            Tensor left = strips.around(shifted(x, OUTER), 1);
            Tensor right = strips.around(shifted(x, -OUTER), 1);
            reached.narrow(3, 0, OUTER).copy_(left.narrow(3, 0, OUTER));
            reached.narrow(3, SIDE - OUTER, OUTER).copy_(right.narrow(3, 1, OUTER));
        }
        return gradient;
    }

    /** Columns moved to the right, or to the left when negative; zero where none came from. */
    private static Tensor shifted(Tensor x, long by) {
        long left = x.size(3) - Math.abs(by);
        Tensor moved = torch.empty_like(x);
        moved.narrow(3, Math.max(by, 0), left).copy_(x.narrow(3, Math.max(-by, 0), left));
        moved.narrow(3, by > 0 ? 0 : left, Math.abs(by)).zero_();
        return moved;
    }

    /**
     * Gradients of neighbouring columns of the kernels.
     *
     * @param rows above and below the middle that a map reaches
     */
    private record Strips(Tensor told, long rows) {

        /** Of one column and {@code beside} on either side, from an input moved so that it fits. */
        Tensor around(Tensor moved, long beside) {
            // oneDNN's code for depthwise kernels wants maps that are as high as they.
            boolean low = moved.size(2) < 2 * rows + 1;
            Tensor input = low ? torch.constant_pad_nd(moved, 0, 0, rows, rows) : moved;
            long channels = moved.size(1);
            Tensor like = torch.empty(channels, 1, 2 * rows + 1, 2 * beside + 1);
            return torch.convolution_backward(
                            told,
                            input,
                            like,
                            new LongArrayRefOptional(),
                            ONE,
                            new long[] {low ? 0 : rows, beside},
                            ONE,
                            false,
                            NONE,
                            channels,
                            new BoolPointer(3).put(0, false).put(1, true).put(2, false))
                    .get1();
        }
    }
}
