// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Pictures of a batch blended with each other, and what they should come to alike (mixup, Zhang et
 * al. 2018, arXiv:1710.09412): a network that has seen a cell often still has something to learn
 * from it, and is less sure of a label that may be wrong.
 *
 * @param partners the second cell of each picture, by its place in the batch
 * @param shares of the first cell, a half to 1: the first one stays the cell of the picture
 */
record Mixup(int[] partners, float[] shares) {

    /**
     * Draws shares from Beta(alpha, alpha) and partners among the batch.
     *
     * @param alpha more than 0, at most 1
     */
    static Mixup drawn(int n, double alpha, Random random) {
        int[] partners = new int[n];
        float[] shares = new float[n];
        for (int i = 0; i < n; i++) {
            partners[i] = random.nextInt(n);
            double share = beta(alpha, random);
            shares[i] = (float) Math.max(share, 1 - share);
        }
        return new Mixup(partners, shares);
    }

    /**
     * Blends the pictures of cells and leaves outliers behind them alone.
     *
     * @param pictures {@code [rows, 3, side, side]}
     */
    Tensor over(Tensor pictures) {
        int rows = Math.toIntExact(pictures.size(0));
        float[] firsts = Arrays.copyOf(shares, rows);
        Arrays.fill(firsts, shares.length, rows, 1);
        long[] seconds = LongStream.range(0, rows).toArray();
        for (int i = 0; i < partners.length; i++) {
            seconds[i] = partners[i];
        }
        Tensor own = Tensors.of(firsts, rows, 1, 1, 1);
        Tensor second = pictures.index_select(0, Tensor.create(seconds));
        return second.add(pictures.sub(second).mul(own), new Scalar(1));
    }

    /** Blends rows of {@code width} numbers. */
    float[] over(float[] rows, int width) {
        float[] mixed = new float[rows.length];
        for (int i = 0; i < shares.length; i++) {
            for (int k = 0; k < width; k++) {
                mixed[i * width + k] =
                        shares[i] * rows[i * width + k]
                                + (1 - shares[i]) * rows[partners[i] * width + k];
            }
        }
        return mixed;
    }

    /** Jöhnk's method, which needs parameters of at most 1; in logarithms, for small ones. */
    private static double beta(double alpha, Random random) {
        while (true) {
            double one = Math.log(1 - random.nextDouble()) / alpha;
            double other = Math.log(1 - random.nextDouble()) / alpha;
            double top = Math.max(one, other);
            double sum = top + Math.log(Math.exp(one - top) + Math.exp(other - top));
            if (sum <= 0) {
                return Math.exp(one - sum);
            }
        }
    }
}
