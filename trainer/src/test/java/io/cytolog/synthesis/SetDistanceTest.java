// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Distances between sets that are known. */
class SetDistanceTest {

    private static final int DIMENSIONS = 4;

    @Test
    void frechetIsZeroForTheSameAndTheSquaredShiftForAShift() {
        List<float[]> real = normal(2000, 0, 1);
        List<float[]> shifted = real.stream().map(row -> moved(row, 2)).toList();
        assertThat(SetDistance.frechet(real, real)).isCloseTo(0, within(1e-3));
        assertThat(SetDistance.frechet(real, shifted)).isCloseTo(4.0 * DIMENSIONS, within(0.05));
    }

    @Test
    void kernelDistanceIsAboutZeroForTheSameDistribution() {
        double same = SetDistance.kernel(normal(400, 0, 1), normal(400, 0, 2));
        double other = SetDistance.kernel(normal(400, 0, 1), normal(400, 1, 2));
        assertThat(same).isCloseTo(0, within(0.25));
        assertThat(other).isGreaterThan(4 * Math.abs(same));
    }

    @Test
    void coverageTellsMissingVarietyFromBadCells() {
        List<float[]> real = normal(300, 0, 1);
        List<float[]> narrow = normal(300, 0, 2).stream().map(row -> scaled(row, 0.1f)).toList();
        List<float[]> far = normal(300, 9, 2);
        assertThat(SetDistance.coverage(real, narrow).precision()).isGreaterThan(0.9);
        assertThat(SetDistance.coverage(real, narrow).recall()).isLessThan(0.3);
        assertThat(SetDistance.coverage(real, far).precision()).isLessThan(0.05);
    }

    @Test
    void memorySeesCopies() {
        List<float[]> real = normal(300, 0, 1);
        List<float[]> copies = real.stream().map(row -> moved(row, 1e-4f)).toList();
        assertThat(SetDistance.memory(real, copies).copies()).isGreaterThan(0.95);
        assertThat(SetDistance.memory(real, normal(300, 0, 2)).copies()).isLessThan(0.05);
    }

    private static List<float[]> normal(int count, float mean, long seed) {
        Random random = new Random(seed);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] row = new float[DIMENSIONS];
            for (int d = 0; d < DIMENSIONS; d++) {
                row[d] = (float) (mean + random.nextGaussian());
            }
            rows.add(row);
        }
        return rows;
    }

    private static float[] moved(float[] row, float shift) {
        float[] moved = row.clone();
        for (int d = 0; d < moved.length; d++) {
            moved[d] += shift;
        }
        return moved;
    }

    private static float[] scaled(float[] row, float factor) {
        float[] scaled = row.clone();
        for (int d = 0; d < scaled.length; d++) {
            scaled[d] *= factor;
        }
        return scaled;
    }
}
