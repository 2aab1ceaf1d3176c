// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cytolog.balance.Balance;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellTexts;
import io.cytolog.corpus.TextStore;
import io.cytolog.corpus.Wordings;
import io.cytolog.image.CellPixels;
import io.cytolog.network.Layout;
import io.cytolog.network.Parameter;
import io.cytolog.network.Weights;
import io.cytolog.onnx.MiniLmTextTower;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text head's first layer on the real wordings and the real text tower. */
class TextStartTest {

    private static final Layout LAYOUT = Layout.tiny();

    @TempDir private Path folder = Path.of("");

    private final Wordings wordings = Wordings.shipped();

    @Test
    void findingsStandOutFromTheirWordings() throws Exception {
        // Given
        TrainingSet set = set();
        float[] drawn = Weights.initial(LAYOUT, 1);
        float[] fitted = drawn.clone();

        // When
        TextStart.fit(LAYOUT, set, 1, fitted);

        // Then: between findings against within, for wordings that it was fitted to and for the
        // bank's
        assertThat(standOut(training(set), fitted))
                .isGreaterThan(3 * standOut(training(set), drawn));
        assertThat(standOut(bank(), fitted)).isGreaterThan(1.5 * standOut(bank(), drawn));
    }

    @Test
    void textsComeOutAroundZeroWithTheSpreadThatDrawnWeightsExpect() throws Exception {
        // Given
        TrainingSet set = set();
        float[] weights = Weights.initial(LAYOUT, 1);

        // When
        TextStart.fit(LAYOUT, set, 1, weights);

        // Then
        double sum = 0;
        double square = 0;
        int texts = set.texts().texts().size();
        for (int text = 0; text < texts; text++) {
            for (double value : hidden(weights, vector(set, text))) {
                sum += value;
                square += value * value;
            }
        }
        int count = texts * LAYOUT.parameter(Layout.TEXT_BIAS).orElseThrow().shape()[0];
        assertThat(sum / count).isCloseTo(0, within(1e-3));
        assertThat(Math.sqrt(square / count)).isBetween(0.7, 1.2);
    }

    @Test
    void leavesAllOtherWeightsAsDrawn() throws Exception {
        // Given
        float[] drawn = Weights.initial(LAYOUT, 1);
        float[] fitted = drawn.clone();

        // When
        TextStart.fit(LAYOUT, set(), 1, fitted);

        // Then
        for (Parameter parameter : LAYOUT.parameters()) {
            boolean same = Arrays.equals(part(fitted, parameter), part(drawn, parameter));
            boolean first =
                    List.of(Layout.TEXT_WEIGHT, Layout.TEXT_BIAS).contains(parameter.name());
            assertThat(same).as(parameter.name()).isEqualTo(!first);
        }
    }

    /** Variance between findings over variance of the wordings of one, after the first layer. */
    private static double standOut(List<List<float[]>> findings, float[] weights) {
        double[][] means = new double[findings.size()][];
        double within = 0;
        for (int f = 0; f < means.length; f++) {
            List<double[]> rows =
                    findings.get(f).stream().map(text -> hidden(weights, text)).toList();
            means[f] = mean(rows);
            within += spread(rows, means[f]) / means.length;
        }
        List<double[]> all = List.of(means);
        return spread(all, mean(all)) / within;
    }

    private List<List<float[]>> training(TrainingSet set) {
        return IntStream.range(0, wordings.findings().size())
                .mapToObj(set.texts()::ofFinding)
                .map(texts -> Arrays.stream(texts).mapToObj(text -> vector(set, text)).toList())
                .toList();
    }

    private List<List<float[]>> bank() {
        try (MiniLmTextTower tower = TextStore.tower(1)) {
            return wordings.findings().stream()
                    .map(finding -> finding.bank().stream().map(tower::embed).toList())
                    .toList();
        }
    }

    private static float[] vector(TrainingSet set, int text) {
        int from = text * Layout.TEXT_INPUT;
        return Arrays.copyOfRange(set.textVectors(), from, from + Layout.TEXT_INPUT);
    }

    private static double[] mean(List<double[]> rows) {
        double[] mean = new double[rows.getFirst().length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.size();
            }
        }
        return mean;
    }

    private static double spread(List<double[]> rows, double[] mean) {
        double sum = 0;
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                sum += (row[i] - mean[i]) * (row[i] - mean[i]);
            }
        }
        return sum / rows.size();
    }

    private static double[] hidden(float[] weights, float[] text) {
        float[] weight = part(weights, LAYOUT.parameter(Layout.TEXT_WEIGHT).orElseThrow());
        float[] bias = part(weights, LAYOUT.parameter(Layout.TEXT_BIAS).orElseThrow());
        double[] hidden = new double[bias.length];
        int length = Layout.TEXT_INPUT;
        for (int h = 0; h < hidden.length; h++) {
            hidden[h] = bias[h];
            for (int i = 0; i < length; i++) {
                double input = text[i] * Math.sqrt(length);
                hidden[h] += weight[h * length + i] * input;
            }
        }
        return hidden;
    }

    private static float[] part(float[] weights, Parameter parameter) {
        int from = Math.toIntExact(parameter.offset());
        return Arrays.copyOfRange(weights, from, from + Math.toIntExact(parameter.size()));
    }

    private TrainingSet set() throws Exception {
        List<Cell> cells =
                List.of(
                        new Cell(
                                "drawn/0",
                                "drawn",
                                wordings.findings().getFirst().id(),
                                "group",
                                true,
                                false,
                                Map.of("cell_size", "big")));
        CellTexts texts = new CellTexts(wordings, cells, 1);
        float[] vectors;
        try (MiniLmTextTower tower = TextStore.tower(1)) {
            vectors = new TextStore(folder, tower).vectors(texts.texts(), done -> {});
        }
        return new TrainingSet(
                wordings,
                cells,
                List.of(new CellPixels(8, new byte[8 * 8 * 3])),
                texts,
                vectors,
                Balance.NONE.order(cells, 1),
                Balance.NONE.weights(cells),
                Lessons.NONE,
                Outliers.NONE);
    }
}
