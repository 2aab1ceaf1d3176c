// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import static io.cytolog.bank.SmallBank.direction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.embed.Embedding;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MatcherTest {

    private static final Offset<Double> CLOSE = Offset.offset(1e-6);

    private final Matcher matcher = SmallBank.matcher();

    private static CellAnnotation annotate(Calibration calibration, Embedding cell) {
        return new Matcher(SmallBank.bank(), calibration, SmallBank.prototypes()).annotate(cell);
    }

    @Test
    void turnsCosinesIntoProbabilitiesWithTheLogitScale() {
        // Given a cell with cosines 0.8, 0.6 and 0 to the findings
        CellAnnotation annotation = matcher.annotate(direction(0.8, 0.6, 0, 0));

        // Then
        double sum = Math.exp(8) + Math.exp(6) + 1;
        assertThat(annotation.probabilities().keySet())
                .containsExactly("blast", "lymphocyte", "smudge");
        assertThat(annotation.probabilities().get("blast")).isEqualTo(Math.exp(8) / sum, CLOSE);
        assertThat(annotation.probabilities().get("smudge")).isEqualTo(1 / sum, CLOSE);
        assertThat(annotation.candidate().id()).isEqualTo("blast");
        assertThat(annotation.runnerUp().id()).isEqualTo("lymphocyte");
        assertThat(annotation.margin()).isEqualTo(0.2, CLOSE);
        assertThat(annotation.findingId()).isEqualTo("blast");
        assertThat(annotation.probability()).isEqualTo(Math.exp(8) / sum, CLOSE);
    }

    @Test
    void averagesTheSentencesOfAFindingAndNormalisesAgain() {
        // Given blast sentences at (1, 0.2), (1, -0.2) and (1, 0): their mean points along x
        Embedding blast =
                Matcher.findingEmbedding(SmallBank.bank(), SmallBank.bank().findings().getFirst());
        assertThat(blast.similarity(direction(1, 0, 0, 0))).isEqualTo(1, CLOSE);
    }

    @Test
    void addsTheOffsetOfAFindingBeforeFindingsAreCompared() {
        // Given cosines of 0.8 to blast and 0.6 to lymphocyte
        Calibration lifted =
                new Calibration(10, 0.5, 0.1, 0.6, 0.6, 0.05, Map.of("lymphocyte", 0.4));

        // When
        CellAnnotation annotation = annotate(lifted, direction(0.8, 0.6, 0, 0));

        // Then
        assertThat(annotation.candidate().id()).isEqualTo("lymphocyte");
        assertThat(annotation.margin()).isEqualTo(0.2, CLOSE);
        assertThat(annotation.probabilities().get("lymphocyte"))
                .isEqualTo(1 / (1 + Math.exp(-2) + Math.exp(-10)), CLOSE);
        assertThat(annotation.matches())
                .extracting(match -> match.sentence().finding())
                .contains("lymphocyte")
                .doesNotContain("blast");
    }

    @Test
    void anOffsetDoesNotMakeACellLikeItsSentences() {
        // Given a cosine of 0.4 to blast, below 0.5, and an offset that would lift it
        Calibration lifted = new Calibration(10, 0.5, 0.1, 0.6, 0.6, 0.05, Map.of("blast", 0.4));
        CellAnnotation annotation = annotate(lifted, direction(0.4, 0, 0, Math.sqrt(0.84)));
        assertThat(annotation.abstention()).contains(Abstention.LOW_SIMILARITY);
    }

    @Test
    void refusesOffsetsThatNoCosineCanHave() {
        for (double offset : new double[] {2.1, -2.1, Double.NaN}) {
            assertThatThrownBy(() -> new Calibration(10, 0, 0, 0, 2, 0, Map.of("blast", offset)))
                    .hasMessageContaining("'blast' is out of bounds; give -2 to 2");
        }
    }

    @Test
    void keepsProbabilitiesFiniteAtAnyScale() {
        Calibration steep = new Calibration(1e6, -1, 0, 0, 2, 0);
        CellAnnotation annotation = annotate(steep, direction(0.8, 0.6, 0, 0));
        assertThat(annotation.probabilities().values()).containsExactly(1.0, 0.0, 0.0);
    }

    @Test
    void abstainsWhenTheCellLooksLikeNoSentence() {
        // Given a cosine of 0.4 to blast, below 0.5
        CellAnnotation annotation = matcher.annotate(direction(0.4, 0, 0, Math.sqrt(0.84)));
        assertThat(annotation.abstention()).contains(Abstention.LOW_SIMILARITY);
        assertThat(annotation.findingId()).isEqualTo(Finding.UNIDENTIFIED);
        assertThat(annotation.findingDisplay()).isEqualTo("Unidentified");
        assertThat(annotation.candidate().id()).isEqualTo("blast");
    }

    @Test
    void abstainsFarFromTheTrainingCells() {
        Calibration near = new Calibration(10, 0.5, 0.1, 0.6, 0.05, 0.05);
        CellAnnotation annotation = annotate(near, direction(0.9, 0, 0, -0.43));
        assertThat(annotation.abstention()).contains(Abstention.FAR_FROM_TRAINING);
    }

    @Test
    void abstainsWhenTwoFindingsAreClose() {
        CellAnnotation annotation = matcher.annotate(direction(0.71, 0.70, 0, 0));
        assertThat(annotation.abstention()).contains(Abstention.LOW_MARGIN);
        assertThat(annotation.abstention().orElseThrow().code()).isEqualTo("low-margin");
    }

    @Test
    void abstainsWhenTheProbabilityIsLow() {
        Calibration sure = new Calibration(10, 0.5, 0.1, 0.95, 0.6, 0.05);
        CellAnnotation annotation = annotate(sure, direction(0.8, 0.6, 0, 0));
        assertThat(annotation.abstention()).contains(Abstention.LOW_PROBABILITY);
    }

    @Test
    void abstainsFromWhatSpeaksOfThePicturesQuality() {
        CellAnnotation annotation = matcher.annotate(direction(0, 0, 1, 0));
        assertThat(annotation.candidate().id()).isEqualTo("smudge");
        assertThat(annotation.abstention()).contains(Abstention.NOT_IDENTIFIABLE);
    }

    @Test
    void choosesTwoSentencesOfTheFindingAndOneOfEachOfTheThreeBestAttributes() {
        // When
        List<Match> matches = matcher.annotate(direction(1, 0.05, 0, 0.3)).matches();

        // Then: the nearer of two nucleolus sentences, no fourth attribute, no disease
        assertThat(matches)
                .extracting(match -> match.sentence().id())
                .containsExactlyInAnyOrder("blast-1", "blast-3", "nucleoli", "large", "blue");
        assertThat(matches)
                .extracting(Match::similarity)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void refusesABankWithFewerThanTwoScoredFindings() {
        SentenceBank one =
                new SentenceBank(
                        "1",
                        List.of(SmallBank.finding("blast", Finding.Level.CELL)),
                        List.of(SmallBank.sentence("blast-1", "blast")),
                        List.of(direction(1, 0)));
        assertThatThrownBy(() -> new Matcher(one, SmallBank.CALIBRATION, List.of()))
                .hasMessageContaining("two scored findings");
    }
}
