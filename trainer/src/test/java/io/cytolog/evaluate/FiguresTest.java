// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cytolog.bank.Finding;
import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceBank;
import io.cytolog.corpus.Cell;
import io.cytolog.embed.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Figures against values worked out by hand. */
class FiguresTest {

    @Test
    void rankingCountsTiesHalf() {
        // Given: a positive above, a pair in a tie, a negative below
        double[] scores = {0.9, 0.5, 0.5, 0.1};
        boolean[] positive = {true, true, false, false};

        // When
        Ranking ranking = new Ranking(new int[] {0, 1, 2, 3}, scores, positive);

        // Then: of four pairs three are in order and one ties
        assertThat(ranking.auroc()).isEqualTo(3.5 / 4);
        assertThat(ranking.averagePrecision()).isCloseTo((1.0 + 2.0 / 3) / 2, within(1e-12));
        assertThat(ranking.roc()).endsWith(new Ranking.Point(1, 1));
    }

    @Test
    void rankingWithoutNegativesHasNoArea() {
        Ranking ranking = new Ranking(new int[] {0}, new double[] {1}, new boolean[] {true});
        assertThat(ranking.auroc()).isNaN();
    }

    @Test
    void kappaIsZeroByChanceAndOneInAgreement() {
        // Given
        Confusion chance = new Confusion(List.of("a", "b"));
        Confusion agreement = new Confusion(List.of("a", "b"));

        // When
        for (int truth = 0; truth < 2; truth++) {
            chance.add(truth, 0);
            chance.add(truth, 1);
            agreement.add(truth, truth);
        }

        // Then
        assertThat(chance.kappa()).isCloseTo(0, within(1e-12));
        assertThat(agreement.kappa()).isEqualTo(1);
    }

    @Test
    void bootstrapDrawsGroupsWhole() {
        // Given: ten cells of one group are right, ten of another are wrong
        List<Cell> cells = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> cells.add(cell(i, "g" + i / 10)));

        // When
        Estimate estimate =
                new GroupBootstrap(cells, 200, 1)
                        .estimate(
                                places ->
                                        Arrays.stream(places)
                                                .mapToDouble(i -> i < 10 ? 1 : 0)
                                                .average()
                                                .orElseThrow());

        // Then: draws of cells would stay near a half; draws of two groups do not
        assertThat(estimate.value()).isEqualTo(0.5);
        assertThat(estimate.low()).isZero();
        assertThat(estimate.high()).isEqualTo(1);
    }

    @Test
    void reliabilitySeesOverconfidence() {
        // Given: two findings, similarity always clearly the first, right half of the time
        Scores scores = scores(new int[] {0, 1}, new double[][] {{1, 0}, {1, 0}});

        // When
        Reliability sure = Reliability.of(scores, new double[] {100, 100});
        Reliability unsure = Reliability.of(scores, new double[] {1e-9, 1e-9});

        // Then
        assertThat(sure.expectedError()).isCloseTo(0.5, within(1e-6));
        assertThat(sure.brier()).isCloseTo(1, within(1e-6));
        assertThat(unsure.expectedError()).isCloseTo(0, within(1e-6));
        assertThat(unsure.brier()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void riskRisesWithCoverageWhenTheUnsureAreWrong() {
        // Given: the cell with the smaller lead is wrong
        Scores scores = scores(new int[] {0, 1}, new double[][] {{0.9, 0.1}, {0.6, 0.5}});

        // When
        RiskCoverage risk = RiskCoverage.of(scores);

        // Then
        assertThat(risk.points()).extracting(Ranking.Point::y).containsExactly(0.0, 0.5);
        assertThat(risk.coverageAt(0.1)).isEqualTo(0.5);
        assertThat(risk.area()).isEqualTo(0.25);
    }

    @Test
    void retrievalRanksTheFirstRightAnswer() {
        // Given: the second cell's own sentence comes second
        List<float[]> cells = List.of(unit(1, 0), unit(0.8, 0.6));
        Scores scores = scores(new int[] {0, 1}, new double[][] {{1, 0}, {0.8, 0.6}});
        Retrieval retrieval = new Retrieval(bank(), scores, cells);
        GroupBootstrap bootstrap = new GroupBootstrap(scores.cells(), 50, 1);

        // When
        Retrieval.Figures toText = retrieval.imageToText(bootstrap);
        Retrieval.Figures toImage = retrieval.textToImage(bootstrap);

        // Then
        assertThat(toText.first().value()).isEqualTo(0.5);
        assertThat(toText.firstFive().value()).isEqualTo(1);
        assertThat(toText.mrr().value()).isEqualTo(0.75);
        assertThat(toImage.first().value()).isEqualTo(1);
        assertThat(toImage.queries()).isEqualTo(2);
    }

    @Test
    void attributeQuestionsTakeTheMostSimilarValue() {
        // Given: one cell without a value is not asked
        List<Cell> cells =
                List.of(
                        cell(0, "g0", Map.of("cell_size", "big")),
                        cell(1, "g1", Map.of("cell_size", "small")),
                        cell(2, "g2"));
        List<float[]> embeddings = List.of(unit(1, 0), unit(1, 0), unit(0, 1));

        // When
        List<AttributeQuestions.Figures> figures =
                AttributeQuestions.of(bank(), cells, embeddings, new GroupBootstrap(cells, 50, 1));

        // Then
        assertThat(figures).hasSize(1);
        assertThat(figures.getFirst().cells()).isEqualTo(2);
        assertThat(figures.getFirst().accuracy().value()).isEqualTo(0.5);
        assertThat(figures.getFirst().commonest()).isEqualTo(0.5);
    }

    @Test
    void conformalSetsHoldWhatTheyState() {
        // Given: 500 cells of 50 groups, right with a probability that the similarity tells
        Random random = new Random(3);
        int[] truth = new int[500];
        double[][] similarities = new double[500][];
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            double p = random.nextDouble();
            double logit = Math.log(p / (1 - p));
            similarities[i] = new double[] {logit, 0};
            truth[i] = random.nextDouble() < p ? 0 : 1;
            cells.add(cell(i, "g" + i % 50));
        }
        double[] scales = new double[500];
        Arrays.fill(scales, 1);
        Scores scores = scores(truth, similarities);

        // When
        Conformal sets = Conformal.of(scores, scales, 0.9, new GroupBootstrap(cells, 50, 1));

        // Then
        assertThat(sets.coverage().value()).isCloseTo(0.9, within(0.04));
        assertThat(sets.size()).isBetween(1.0, 2.0);
    }

    @Test
    void mapKeepsClustersTogether() {
        // Given: two tight clusters far apart
        List<float[]> points = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            float shift = i < 20 ? 0 : 50;
            points.add(new float[] {shift + i % 5, shift + i % 3, i % 7});
        }

        // When
        double[][] places = Tsne.map(points, 10, 1);

        // Then: every point's nearest neighbour is of its own cluster
        for (int i = 0; i < 40; i++) {
            assertThat(nearest(places, i) < 20).isEqualTo(i < 20);
        }
        assertThat(Tsne.map(points, 10, 1)[7]).containsExactly(places[7]);
    }

    private static int nearest(double[][] places, int of) {
        return IntStream.range(0, places.length)
                .filter(j -> j != of)
                .boxed()
                .min(
                        Comparator.comparingDouble(
                                j ->
                                        Math.hypot(
                                                places[of][0] - places[j][0],
                                                places[of][1] - places[j][1])))
                .orElseThrow();
    }

    private static SentenceBank bank() {
        return new SentenceBank(
                "1",
                List.of(finding("a"), finding("b")),
                List.of(
                        new Sentence("a-1", "a", Sentence.Role.FINDING, "a", "", ""),
                        new Sentence("b-1", "b", Sentence.Role.FINDING, "b", "", ""),
                        new Sentence("s-1", "big", Sentence.Role.ATTRIBUTE, "", "cell_size", "big"),
                        new Sentence(
                                "s-2", "small", Sentence.Role.ATTRIBUTE, "", "cell_size", "small")),
                List.of(
                        Embedding.ofUnit(unit(1, 0)),
                        Embedding.ofUnit(unit(0, 1)),
                        Embedding.ofUnit(unit(1, 0)),
                        Embedding.ofUnit(unit(0, 1))));
    }

    private static Finding finding(String id) {
        return new Finding(id, id, Finding.Level.CELL, false, List.of());
    }

    private static float[] unit(double x, double y) {
        return new float[] {(float) x, (float) y};
    }

    private static Scores scores(int[] truth, double[][] similarities) {
        List<Cell> cells =
                IntStream.range(0, truth.length).mapToObj(i -> cell(i, "g" + i)).toList();
        int[] given =
                Arrays.stream(similarities).mapToInt(row -> row[0] >= row[1] ? 0 : 1).toArray();
        return new Scores(
                List.of("a", "b"),
                cells,
                truth,
                given,
                similarities,
                new double[2],
                new double[truth.length]);
    }

    private static Cell cell(int number, String group) {
        return cell(number, group, Map.of());
    }

    private static Cell cell(int number, String group, Map<String, String> attributes) {
        return new Cell("c/%d".formatted(number), "c", "a", group, false, false, attributes);
    }
}
