// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.network.Layout;
import io.cytolog.network.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * First weights of the text head, fitted to the training wordings. The frozen tower sees mostly how
 * a sentence is worded: wordings of one finding vary more than findings differ. So every finding
 * and every attribute value gets a random code, and the head's first layer begins as the ridge
 * regression (Hoerl and Kennard 1970) of those codes on the wordings, instead of with drawn
 * weights. A sentence of several attributes then begins near the mean of their codes. Layer,
 * network and release keep their shape, and all of it goes on learning. Stateless.
 */
final class TextStart {

    private static final int LENGTH = Layout.TEXT_INPUT;

    /** Added to each direction's variance, in mean variances of a direction. */
    private static final double RIDGE = 1;

    private TextStart() {}

    /**
     * Changes the text head's first layer in place.
     *
     * @param seed of the codes
     * @param weights flat
     */
    static void fit(Layout layout, TrainingSet set, long seed, float[] weights) {
        Parameter weight = layout.parameter(Layout.TEXT_WEIGHT).orElseThrow();
        Parameter bias = layout.parameter(Layout.TEXT_BIAS).orElseThrow();
        try (PointerScope _ = new PointerScope()) {
            int count = set.textVectors().length / LENGTH;
            Tensor texts = Tensors.of(set.textVectors(), count, LENGTH);
            Tensor mean = texts.mean(0);
            Tensor centred = texts.sub(mean);
            Tensor fitted = regression(groups(set), centred, weight.shape()[0], seed);
            double spread = Math.sqrt(centred.matmul(fitted.t()).square().mean().item_float());
            // The head multiplies its input by the root of its length first.
            fitted = fitted.mul(new Scalar(1 / (spread * Math.sqrt(LENGTH))));
            Tensor shift = fitted.matmul(mean).mul(new Scalar(-Math.sqrt(LENGTH)));
            copy(Tensors.values(fitted), weights, weight);
            copy(Tensors.values(shift), weights, bias);
        }
    }

    /** From centred texts to codes, {@code [codes' length, 384]}; every group counts the same. */
    private static Tensor regression(
            List<int[]> groups, Tensor centred, int codeLength, long seed) {
        Tensor scatter = torch.zeros(LENGTH, LENGTH);
        Tensor means = torch.zeros(LENGTH, groups.size());
        for (int g = 0; g < groups.size(); g++) {
            Tensor rows = rows(centred, groups.get(g));
            scatter.add_(rows.t().matmul(rows).div(new Scalar((double) groups.get(g).length)));
            means.select(1, g).copy_(rows.mean(0));
        }
        double variance = scatter.diagonal().mean().item_float();
        scatter.add_(torch.eye(LENGTH).mul(new Scalar(RIDGE * variance)));
        Random random = new Random(seed);
        float[] codes = new float[codeLength * groups.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (float) random.nextGaussian();
        }
        Tensor root = torch.linalg_cholesky(scatter);
        Tensor half = torch.linalg_solve_triangular(root, means, false);
        Tensor directions = torch.linalg_solve_triangular(root.t(), half, true);
        return Tensors.of(codes, codeLength, groups.size()).matmul(directions.t());
    }

    private static Tensor rows(Tensor of, int[] numbers) {
        Tensor rows = torch.zeros(numbers.length, LENGTH);
        for (int i = 0; i < numbers.length; i++) {
            rows.select(0, i).copy_(of.select(0, numbers[i]));
        }
        return rows;
    }

    /** Training wordings that mean the same: of each finding, then of each attribute value. */
    private static List<int[]> groups(TrainingSet set) {
        List<int[]> groups = new ArrayList<>();
        int findings = set.wordings().findings().size();
        IntStream.range(0, findings).mapToObj(set.texts()::ofFinding).forEach(groups::add);
        int values = set.wordings().valueCount();
        IntStream.range(0, values).mapToObj(set.texts()::ofValue).forEach(groups::add);
        return groups;
    }

    private static void copy(float[] from, float[] weights, Parameter to) {
        System.arraycopy(from, 0, weights, Math.toIntExact(to.offset()), from.length);
    }
}
