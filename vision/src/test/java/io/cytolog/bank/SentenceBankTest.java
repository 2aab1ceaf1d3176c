// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import static io.cytolog.bank.SmallBank.direction;
import static io.cytolog.bank.SmallBank.finding;
import static io.cytolog.bank.SmallBank.sentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.bank.Finding.Level;
import io.cytolog.bank.Sentence.Role;
import io.cytolog.embed.Embedding;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceBankTest {

    private static final Finding BLAST = finding("blast", Level.CELL);
    private static final Finding OTHER = finding("other", Level.CELL);

    private static SentenceBank bank(List<Finding> findings, Sentence... sentences) {
        Embedding[] embeddings = new Embedding[sentences.length];
        Arrays.fill(embeddings, direction(1, 0));
        return new SentenceBank("1", findings, List.of(sentences), List.of(embeddings));
    }

    @Test
    void scoresCellAndQualityFindingsInOrder() {
        assertThat(SmallBank.bank().scored())
                .extracting(Finding::id)
                .containsExactly("blast", "lymphocyte", "smudge");
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThatThrownBy(
                        () -> bank(List.of(BLAST), sentence("1", "blast"), sentence("1", "blast")))
                .hasMessage("sentence id 1 stands twice");
        assertThatThrownBy(() -> bank(List.of(BLAST), sentence("1", "blas")))
                .hasMessageContaining("points to finding blas");
        assertThatThrownBy(() -> bank(List.of(BLAST, OTHER), sentence("1", "blast")))
                .hasMessageContaining("finding other has no sentence");
        assertThatThrownBy(() -> bank(List.of(BLAST, BLAST), sentence("1", "blast")))
                .hasMessage("finding id blast stands twice");
        assertThatThrownBy(() -> bank(List.of(BLAST), sentence("1", "blast"), sentence("2", "")))
                .hasMessageContaining("sentence 2 points to finding ");
    }

    @Test
    void refusesEmbeddingsThatDoNotFit() {
        assertThatThrownBy(
                        () ->
                                new SentenceBank(
                                        "1",
                                        List.of(BLAST),
                                        List.of(sentence("1", "blast")),
                                        List.of()))
                .hasMessageContaining("1 sentences and 0 embeddings");
        assertThatThrownBy(
                        () ->
                                new SentenceBank(
                                        "1",
                                        List.of(BLAST),
                                        List.of(sentence("1", "blast"), sentence("2", "blast")),
                                        List.of(direction(1, 0), direction(1, 0, 0))))
                .hasMessageContaining("2 different dimensions");
    }

    @Test
    void refusesASentenceWithoutTextOrTooLong() {
        assertThatThrownBy(() -> new Sentence("1", " ", Role.FINDING, "blast", "", ""))
                .hasMessageContaining("sentence 1");
        assertThatThrownBy(() -> new Sentence("1", "x".repeat(401), Role.FINDING, "blast", "", ""))
                .hasMessageContaining("401");
    }

    @Test
    void refusesALogitScaleThatIsNotPositive() {
        assertThatThrownBy(() -> new Calibration(0, 0, 0, 0, 0, 0))
                .hasMessageContaining("logitScale");
        assertThatThrownBy(() -> new Calibration(Double.NaN, 0, 0, 0, 0, 0))
                .hasMessageContaining("logitScale");
    }
}
