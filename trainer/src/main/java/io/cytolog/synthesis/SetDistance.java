// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import io.cytolog.fit.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How far a set of generated cells is from real ones, in the embedding of a trained encoder; all
 * rows of one length. Stateless.
 */
public final class SetDistance {

    private static final int NEIGHBOURS = 3;
    private static final double COPY_SHARE = 0.01;

    /**
     * Improved precision and recall (Kynkaanniemi et al. 2019), k = 3.
     *
     * @param precision share of generated cells that lie where real ones do
     * @param recall share of real cells that lie where generated ones do
     */
    public record Coverage(double precision, double recall) {}

    /**
     * Whether training cells were learnt by heart.
     *
     * @param generated median distance of a generated cell to the nearest training cell
     * @param real median distance of a training cell to the nearest other one
     * @param copies share of generated cells nearer to a training cell than 99 % of training cells
     *     are to another; about 0.01 where nothing was learnt by heart
     */
    public record Memory(double generated, double real, double copies) {}

    private SetDistance() {}

    /**
     * Squared Frechet distance of two normal distributions (Heusel et al. 2017). With fewer rows
     * than dimensions it is biased upwards; compare only sets of one size.
     */
    public static double frechet(List<float[]> real, List<float[]> generated) {
        double[] m1 = mean(real);
        double[] m2 = mean(generated);
        double gap = 0;
        for (int d = 0; d < m1.length; d++) {
            gap += (m1[d] - m2[d]) * (m1[d] - m2[d]);
        }
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor c1 = covariance(real, m1);
            Tensor c2 = covariance(generated, m2);
            T_TensorTensor_T parts = torch.linalg_eigh(c1);
            Tensor roots = parts.get0().clamp_min(new Scalar(0)).sqrt();
            Tensor root = parts.get1().mul(roots).matmul(parts.get1().t());
            Tensor product = root.matmul(c2).matmul(root);
            Tensor shared = torch.linalg_eigvalsh(product).clamp_min(new Scalar(0)).sqrt().sum();
            double traces = c1.trace().item_double() + c2.trace().item_double();
            return gap + traces - 2 * shared.item_double();
        }
    }

    /**
     * Kernel distance (Binkowski et al. 2018): unbiased squared maximum mean discrepancy under the
     * kernel {@code (x y / d + 1)^3}, which may be a little below 0.
     */
    public static double kernel(List<float[]> real, List<float[]> generated) {
        double m = real.size();
        double n = generated.size();
        double within1 = (kernelSum(real, real) - diagonal(real)) / (m * (m - 1));
        double within2 = (kernelSum(generated, generated) - diagonal(generated)) / (n * (n - 1));
        return within1 + within2 - 2 * kernelSum(real, generated) / (m * n);
    }

    public static Coverage coverage(List<float[]> real, List<float[]> generated) {
        return new Coverage(inside(generated, real), inside(real, generated));
    }

    /**
     * @param real training cells
     */
    public static Memory memory(List<float[]> real, List<float[]> generated) {
        double[] own =
                IntStream.range(0, real.size())
                        .parallel()
                        .mapToDouble(i -> nearest(real.get(i), real, i))
                        .sorted()
                        .toArray();
        double[] drawn =
                generated.parallelStream()
                        .mapToDouble(row -> nearest(row, real, -1))
                        .sorted()
                        .toArray();
        double bound = own[(int) (COPY_SHARE * own.length)];
        double copies = Arrays.stream(drawn).filter(d -> d < bound).count();
        return new Memory(drawn[drawn.length / 2], own[own.length / 2], copies / drawn.length);
    }

    /** Share of {@code rows} within the third neighbour's distance of some row of {@code set}. */
    private static double inside(List<float[]> rows, List<float[]> set) {
        double[] radii =
                IntStream.range(0, set.size())
                        .parallel()
                        .mapToDouble(i -> radius(set, i))
                        .toArray();
        long within =
                rows.parallelStream()
                        .filter(
                                row ->
                                        IntStream.range(0, radii.length)
                                                .anyMatch(
                                                        i -> distance(row, set.get(i)) <= radii[i]))
                        .count();
        return (double) within / rows.size();
    }

    private static double radius(List<float[]> set, int of) {
        double[] distances =
                IntStream.range(0, set.size())
                        .filter(j -> j != of)
                        .mapToDouble(j -> distance(set.get(of), set.get(j)))
                        .sorted()
                        .toArray();
        return distances.length == 0 ? 0 : distances[Math.min(NEIGHBOURS, distances.length) - 1];
    }

    private static double nearest(float[] row, List<float[]> set, int except) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < set.size(); i++) {
            if (i != except) {
                nearest = Math.min(nearest, distance(row, set.get(i)));
            }
        }
        return nearest;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (double) (a[d] - b[d]) * (a[d] - b[d]);
        }
        return Math.sqrt(sum);
    }

    private static double kernelSum(List<float[]> a, List<float[]> b) {
        return a.parallelStream()
                .mapToDouble(row -> b.stream().mapToDouble(other -> kernel(row, other)).sum())
                .sum();
    }

    private static double diagonal(List<float[]> rows) {
        return rows.stream().mapToDouble(row -> kernel(row, row)).sum();
    }

    private static double kernel(float[] a, float[] b) {
        double product = 0;
        for (int d = 0; d < a.length; d++) {
            product += (double) a[d] * b[d];
        }
        return Math.pow(product / a.length + 1, 3);
    }

    private static double[] mean(List<float[]> rows) {
        double[] mean = new double[rows.getFirst().length];
        for (float[] row : rows) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += row[d] / (double) rows.size();
            }
        }
        return mean;
    }

    private static Tensor covariance(List<float[]> rows, double[] mean) {
        int length = mean.length;
        float[] centred = new float[rows.size() * length];
        for (int i = 0; i < rows.size(); i++) {
            for (int d = 0; d < length; d++) {
                centred[i * length + d] = (float) (rows.get(i)[d] - mean[d]);
            }
        }
        Tensor matrix = Tensors.of(centred, rows.size(), length).to(torch.ScalarType.Double);
        return matrix.t().matmul(matrix).div(new Scalar(Math.max(1.0, rows.size() - 1)));
    }
}
