// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * ConvNeXt V2 (Woo et al. 2023, arXiv:2301.00808): patches, four stages of blocks, a linear head on
 * the mean. What the blocks are is the layout's choice. Stateless: the weights come with the call.
 * Inside, tensors are {@code [n, height, width, channels]}.
 */
public final class ImageTower {

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
        return unit(Layers.linear(weights, "head.project", mean(weights, pixels, keep)));
    }

    /**
     * As {@link #embed}, and what the auxiliary classifier says (Szegedy et al. 2015,
     * arXiv:1409.4842, have theirs halfway; this one sees what the embedding is projected from).
     *
     * @return {@code [n, 256 + classes]}: embeddings, behind them logits
     */
    public Tensor embedAndClassify(Weights weights, Tensor pixels, Tensor... keep) {
        Tensor x = mean(weights, pixels, keep);
        Tensor embedded = unit(Layers.linear(weights, "head.project", x));
        Tensor logits = Layers.linear(weights, Layout.AUXILIARY, x);
        return torch.cat(new TensorVector(embedded, logits), 1);
    }

    private Tensor mean(Weights weights, Tensor pixels, Tensor... keep) {
        Tensor x = features(weights, pixels, Visibility.WHOLE, keep);
        return Layers.norm(weights, "head.norm", x.mean(1, 2));
    }

    /**
     * The last stage's map {@code [n, side / 32, side / 32, channels]}; zero at hidden positions,
     * and what was hidden touches nothing of it.
     */
    Tensor features(Weights weights, Tensor pixels, Visibility visibility, Tensor... keep) {
        Tensor x =
                Layers.norm(weights, "stem.norm", Layers.patches(weights, "stem.conv", pixels, 4));
        x = visibility.hide(0, x);
        int number = 0;
        for (int s = 0; s < layout.stages(); s++) {
            if (s > 0) {
                x = Layers.norm(weights, "down%d.norm".formatted(s), x).permute(0, 3, 1, 2);
                x = Layers.patches(weights, "down%d.conv".formatted(s), x, 2);
                x = visibility.hide(s, x);
            }
            for (int b = 0; b < layout.depth(s); b++) {
                Block block = new Block("stage%d.block%d".formatted(s, b), layout.kind(s, b), s);
                x =
                        block.apply(
                                weights,
                                x,
                                visibility,
                                keep.length == 0 ? keep : only(keep[number]));
                number++;
            }
        }
        return x;
    }

    private static Tensor[] only(Tensor one) {
        return new Tensor[] {one};
    }

    /** Scales rows to unit length. */
    public static Tensor unit(Tensor rows) {
        Tensor length = rows.square().sum(new long[] {1}, true, null).add(new Scalar(1e-12)).sqrt();
        return rows.div(length);
    }

    /** One residual block; {@code keep} holds one factor, or none to keep all. */
    record Block(String name, BlockKind kind, int stage) {

        Tensor apply(Weights weights, Tensor x, Visibility visibility, Tensor... keep) {
            return switch (kind) {
                case CONVOLUTION -> add(x, convolution(weights, x, visibility), keep);
                case WINDOW, SHIFTED_WINDOW -> {
                    Tensor normal = Layers.norm(weights, name + ".attend.norm", x);
                    Tensor met = add(x, attention(weights, normal, visibility), keep);
                    yield add(met, mixed(weights, met, visibility), keep);
                }
                case GATED_WINDOWS -> {
                    Tensor seen = add(x, convolution(weights, x, visibility), keep);
                    Tensor normal = Layers.norm(weights, name + ".attend.norm", seen);
                    Tensor gate = exact(Layers.product(weights, name + ".gate", normal)).sigmoid();
                    yield add(seen, attention(weights, normal, visibility).mul(gate), keep);
                }
            };
        }

        private static Tensor add(Tensor x, Tensor branch, Tensor... keep) {
            return x.add(keep.length == 0 ? branch : branch.mul(keep[0]));
        }

        private static Tensor exact(Tensor x) {
            return x.to(torch.ScalarType.Float);
        }

        private Tensor convolution(Weights weights, Tensor x, Visibility visibility) {
            Tensor y = Layers.depthwise(weights, name + ".depthwise", x);
            y = Layers.norm(weights, name + ".norm", visibility.hide(stage, y));
            y = torch.gelu(Layers.product(weights, name + ".expand", y));
            // Hidden once more, so that the response is that of what is seen.
            y = visibility.hide(stage, y);
            y = Layers.responseProduct(weights, name + ".grn", name + ".reduce", y);
            return visibility.hide(stage, exact(y));
        }

        private Tensor attention(Weights weights, Tensor normal, Visibility visibility) {
            Tensor told =
                    WindowAttention.attend(
                            weights, name + ".attend", kind, normal, stage, visibility);
            return visibility.hide(stage, exact(told));
        }

        private Tensor mixed(Weights weights, Tensor x, Visibility visibility) {
            Tensor y = Layers.norm(weights, name + ".norm", x);
            y = torch.gelu(Layers.product(weights, name + ".expand", y));
            return visibility.hide(stage, exact(Layers.product(weights, name + ".reduce", y)));
        }
    }
}
