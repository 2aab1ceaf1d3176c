// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import io.cytolog.fit.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Alters what the discriminator sees, real and generated alike, so that it cannot learn few cells
 * by heart; each change with a probability that adapts (Karras et al. 2020, ADA). Owned by one
 * thread.
 */
final class CellAugmenter {

    /** Share of pairs that the discriminator may order right before it is said to overfit. */
    private static final double TARGET = 0.6;

    /** Pictures in which the probability can rise from 0 to 1. */
    private static final double PICTURES_TO_ONE = 50_000;

    private static final double HIGHEST = 0.85;
    private static final int BILINEAR = 0;
    private static final int REFLECT = 2;

    private double probability;

    CellAugmenter(double probability) {
        this.probability = probability;
    }

    double probability() {
        return probability;
    }

    /**
     * Adapts to a batch.
     *
     * @param right share of pairs whose real picture looked more real
     */
    void saw(double right, int pictures) {
        double overfit = 2 * right - 1;
        double step = Math.signum(overfit - TARGET) * pictures / PICTURES_TO_ONE;
        probability = Math.clamp(probability + step, 0, HIGHEST);
    }

    /** Turned, mirrored, moved, scaled, and with other light; differentiable by the pictures. */
    Tensor alter(Tensor pictures, Random random) {
        int n = Math.toIntExact(pictures.size(0));
        float[] theta = new float[n * 6];
        float[] contrast = new float[n * 3];
        float[] light = new float[n * 3];
        for (int i = 0; i < n; i++) {
            geometry(theta, i, random);
            colour(contrast, light, i, random);
        }
        long[] size = {n, 3, pictures.size(2), pictures.size(3)};
        Tensor grid = torch.affine_grid_generator(Tensors.of(theta, n, 2, 3), size, false);
        Tensor moved = torch.grid_sampler(pictures, grid, BILINEAR, REFLECT, false);
        return moved.mul(Tensors.of(contrast, n, 3, 1, 1)).add(Tensors.of(light, n, 3, 1, 1));
    }

    private void geometry(float[] theta, int i, Random random) {
        // Turns by right angles and mirrors keep every pixel and are always allowed.
        double angle = random.nextInt(4) * Math.PI / 2;
        double flip = random.nextBoolean() ? 1 : -1;
        angle += happens(random) ? (random.nextDouble() - 0.5) * Math.PI / 2 : 0;
        double scale = happens(random) ? Math.exp(0.15 * random.nextGaussian()) : 1;
        double x = happens(random) ? 0.2 * (random.nextDouble() - 0.5) : 0;
        double y = happens(random) ? 0.2 * (random.nextDouble() - 0.5) : 0;
        theta[i * 6] = (float) (scale * flip * Math.cos(angle));
        theta[i * 6 + 1] = (float) (-scale * Math.sin(angle));
        theta[i * 6 + 2] = (float) x;
        theta[i * 6 + 3] = (float) (scale * flip * Math.sin(angle));
        theta[i * 6 + 4] = (float) (scale * Math.cos(angle));
        theta[i * 6 + 5] = (float) y;
    }

    private void colour(float[] contrast, float[] light, int i, Random random) {
        double shared = happens(random) ? Math.exp(0.15 * random.nextGaussian()) : 1;
        double brighter = happens(random) ? 0.1 * random.nextGaussian() : 0;
        boolean tinted = happens(random);
        for (int c = 0; c < 3; c++) {
            contrast[i * 3 + c] =
                    (float) (shared * (tinted ? Math.exp(0.05 * random.nextGaussian()) : 1));
            light[i * 3 + c] = (float) brighter;
        }
    }

    private boolean happens(Random random) {
        return random.nextDouble() < probability;
    }
}
