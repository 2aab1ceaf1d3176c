// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.image.CellPixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a copy of a training cell is seen in validation, and only a copy. */
class NearCopiesTest {

    private static final int SIDE = 64;
    private static final int CELLS = 60;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void findsCopyInEveryOrientationThoughBrightenedAndNoisy(int orientation) {
        // Given
        List<CellPixels> training = cells(1);
        List<CellPixels> held = new ArrayList<>(cells(2));
        held.set(7, altered(placed(training.get(23), orientation)));

        // When
        List<NearCopies.Pair> found = NearCopies.find(corpus(), training, held);

        // Then
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().held().path()).isEqualTo("val-7");
        assertThat(found.getFirst().training().path()).isEqualTo("train-23");
    }

    @Test
    void stopsTrainingAndNamesThePair() {
        // Given
        List<CellPixels> training = cells(1);
        List<CellPixels> held = new ArrayList<>(cells(2));
        held.set(0, training.get(0));

        // When, Then
        assertThatThrownBy(() -> NearCopies.refuse(corpus(), training, held))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("val-0 = train-0")
                .hasMessageContaining("take them out");
    }

    @Test
    void letsDifferentCellsPass() {
        assertThatCode(() -> NearCopies.refuse(corpus(), cells(1), cells(2)))
                .doesNotThrowAnyException();
    }

    private static Corpus corpus() {
        return new Corpus(Path.of("data"), named("train", true), named("val", false), "digest");
    }

    private static List<Cell> named(String name, boolean training) {
        return IntStream.range(0, CELLS)
                .mapToObj(i -> name + "-" + i)
                .map(path -> new Cell(path, "a", "monocyte", path, training, false, Map.of()))
                .toList();
    }

    private static List<CellPixels> cells(long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, CELLS).mapToObj(i -> cell(random)).toList();
    }

    /** Dark grains of random places and widths on a light ground. */
    private static CellPixels cell(Random random) {
        double[][] grains = new double[12][];
        for (int i = 0; i < grains.length; i++) {
            grains[i] =
                    new double[] {
                        8 + 48 * random.nextDouble(),
                        8 + 48 * random.nextDouble(),
                        2 + 4 * random.nextDouble()
                    };
        }
        byte[] rgb = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < SIDE * SIDE; i++) {
            double dark = 0;
            for (double[] grain : grains) {
                double far = Math.hypot(i % SIDE - grain[0], i / SIDE - grain[1]);
                dark = Math.max(dark, Math.exp(-far * far / (2 * grain[2] * grain[2])));
            }
            for (int c = 0; c < 3; c++) {
                rgb[i * 3 + c] = (byte) (220 - 160 * dark);
            }
        }
        return new CellPixels(SIDE, rgb);
    }

    private static CellPixels placed(CellPixels cell, int orientation) {
        byte[] rgb = new byte[cell.rgb().length];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int u = (orientation & 1) == 0 ? x : SIDE - 1 - x;
                int v = (orientation & 2) == 0 ? y : SIDE - 1 - y;
                int from = (orientation & 4) == 0 ? v * SIDE + u : u * SIDE + v;
                System.arraycopy(cell.rgb(), from * 3, rgb, (y * SIDE + x) * 3, 3);
            }
        }
        return new CellPixels(SIDE, rgb);
    }

    private static CellPixels altered(CellPixels cell) {
        Random random = new Random(3);
        byte[] rgb = cell.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            double value = (rgb[i] & 0xff) * 0.9 + 20 + 4 * random.nextGaussian();
            rgb[i] = (byte) Math.clamp(Math.round(value), 0, 255);
        }
        return new CellPixels(SIDE, rgb);
    }
}
