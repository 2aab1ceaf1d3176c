// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A map of points by t-SNE (van der Maaten and Hinton 2008), exact: neighbours stay neighbours,
 * distances between clusters mean little. The same points and seed give the same map. Owned by one
 * thread.
 */
public final class Tsne {

    private static final int ITERATIONS = 600;
    private static final int EXAGGERATED = 150;
    private static final double EXAGGERATION = 12;
    private static final double LEAST_GAIN = 0.01;
    private static final double LEAST = 1e-12;

    private final int n;
    private final double[][] shares;
    private final double[][] places;
    private final double[][] speeds;
    private final double[][] gains;

    private Tsne(List<float[]> points, double perplexity, long seed) {
        this.n = points.size();
        this.shares = shares(points, Math.min(perplexity, (n - 1) / 3.0));
        this.places = new double[n][2];
        this.speeds = new double[n][2];
        this.gains = new double[n][2];
        Random random = new Random(seed);
        for (int i = 0; i < n; i++) {
            places[i][0] = 1e-4 * random.nextGaussian();
            places[i][1] = 1e-4 * random.nextGaussian();
            Arrays.fill(gains[i], 1);
        }
    }

    /**
     * @param points at least 4, all of one length
     * @param perplexity about how many neighbours a point keeps
     * @return x and y, one a point
     */
    public static double[][] map(List<float[]> points, double perplexity, long seed) {
        Tsne tsne = new Tsne(points, perplexity, seed);
        double rate = Math.max(50, tsne.n / EXAGGERATION / 4);
        for (int step = 0; step < ITERATIONS; step++) {
            boolean early = step < EXAGGERATED;
            tsne.step(early ? EXAGGERATION : 1, rate, early ? 0.5 : 0.8);
        }
        return tsne.places;
    }

    private void step(double exaggeration, double rate, double momentum) {
        double[] sums = new double[n];
        IntStream.range(0, n).parallel().forEach(i -> sums[i] = kernelSum(i));
        double all = Math.max(LEAST, Arrays.stream(sums).sum());
        double[][] slopes = new double[n][];
        IntStream.range(0, n).parallel().forEach(i -> slopes[i] = slope(i, exaggeration, all));
        double[] centre = new double[2];
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < 2; d++) {
                boolean turned = slopes[i][d] > 0 == speeds[i][d] > 0;
                gains[i][d] = Math.max(LEAST_GAIN, turned ? gains[i][d] * 0.8 : gains[i][d] + 0.2);
                speeds[i][d] = momentum * speeds[i][d] - rate * gains[i][d] * slopes[i][d];
                places[i][d] += speeds[i][d];
                centre[d] += places[i][d] / n;
            }
        }
        for (double[] place : places) {
            place[0] -= centre[0];
            place[1] -= centre[1];
        }
    }

    private double kernelSum(int i) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += j == i ? 0 : kernel(i, j);
        }
        return sum;
    }

    private double[] slope(int i, double exaggeration, double all) {
        double[] slope = new double[2];
        for (int j = 0; j < n; j++) {
            if (j != i) {
                double kernel = kernel(i, j);
                double pull = 4 * (exaggeration * shares[i][j] - kernel / all) * kernel;
                slope[0] += pull * (places[i][0] - places[j][0]);
                slope[1] += pull * (places[i][1] - places[j][1]);
            }
        }
        return slope;
    }

    private double kernel(int i, int j) {
        double dx = places[i][0] - places[j][0];
        double dy = places[i][1] - places[j][1];
        return 1 / (1 + dx * dx + dy * dy);
    }

    /** Symmetric neighbour shares; they sum to 1. */
    private static double[][] shares(List<float[]> points, double perplexity) {
        int n = points.size();
        double[][] own = new double[n][];
        IntStream.range(0, n).parallel().forEach(i -> own[i] = row(points, i, perplexity));
        double[][] shares = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                shares[i][j] = Math.max(LEAST, (own[i][j] + own[j][i]) / (2.0 * n));
            }
        }
        return shares;
    }

    private static double[] row(List<float[]> points, int i, double perplexity) {
        double[] distances = new double[points.size()];
        for (int j = 0; j < distances.length; j++) {
            distances[j] = square(points.get(i), points.get(j));
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double precision = 1;
        double[] row = new double[0];
        for (int attempt = 0; attempt < 60; attempt++) {
            row = neighbours(distances, i, precision);
            double excess = entropy(row) - Math.log(perplexity);
            if (Math.abs(excess) < 1e-5) {
                break;
            }
            if (excess > 0) {
                low = precision;
                precision = Double.isInfinite(high) ? precision * 2 : (precision + high) / 2;
            } else {
                high = precision;
                precision = (precision + low) / 2;
            }
        }
        return row;
    }

    private static double[] neighbours(double[] distances, int own, double precision) {
        double[] row = new double[distances.length];
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            row[j] = j == own ? 0 : Math.exp(-distances[j] * precision);
            sum += row[j];
        }
        for (int j = 0; j < row.length; j++) {
            row[j] /= Math.max(LEAST, sum);
        }
        return row;
    }

    private static double entropy(double[] shares) {
        double sum = 0;
        for (double share : shares) {
            sum -= share > LEAST ? share * Math.log(share) : 0;
        }
        return sum;
    }

    private static double square(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (double) (a[d] - b[d]) * (a[d] - b[d]);
        }
        return sum;
    }
}
