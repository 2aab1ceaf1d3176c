// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import static io.cytolog.bank.SentenceEdit.active;
import static io.cytolog.bank.SentenceEdit.retired;
import static io.cytolog.bank.SmallBank.direction;
import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.bank.Sentence.Role;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BankEditsTest {

    private static final SentenceBank OWN = SmallBank.bank();
    private static final SentenceEdit ADDED = active("l-2", "A small round cell", "lymphocyte");

    private final Encoder encoder = new Encoder();

    /** Puts every sentence in the middle between blast and lymphocyte. */
    private static final class Encoder implements TextEncoder {

        private final List<String> encoded = new ArrayList<>();

        @Override
        public List<Embedding> encode(List<String> sentences) {
            encoded.addAll(sentences);
            return sentences.stream().map(text -> direction(1, 1, 0, 0)).toList();
        }

        @Override
        public void close() {}
    }

    private static BankEdits edits(SentenceEdit... edits) {
        return BankEdits.of(OWN, List.of(edits));
    }

    private static List<String> ids(SentenceBank bank) {
        return bank.sentences().stream().map(Sentence::id).toList();
    }

    @Test
    void addsASentenceThatScoresItsFinding() {
        // When
        SentenceBank bank = edits(ADDED).bank(encoder);

        // Then
        assertThat(ids(bank)).containsAll(ids(OWN)).endsWith("l-2");
        assertThat(encoder.encoded).containsExactly("A small round cell");
        Embedding between = direction(1, 1, 0, 0);
        assertThat(probability(bank, between)).isGreaterThan(probability(OWN, between));
    }

    private static double probability(SentenceBank bank, Embedding cell) {
        return SmallBank.matcher().over(bank).annotate(cell).probabilities().get("lymphocyte");
    }

    @Test
    void changesATextInItsPlace() {
        // When
        SentenceBank bank = edits(active("blast-2", "Another look", "blast")).bank(encoder);

        // Then
        assertThat(ids(bank)).isEqualTo(ids(OWN));
        assertThat(bank.sentences().get(1).text()).isEqualTo("Another look");
        assertThat(bank.embeddings().get(1).similarity(direction(1, 1, 0, 0)))
                .isBetween(0.999, 1.001);
    }

    @Test
    void retiresASentence() {
        // When
        SentenceBank bank = edits(retired("blast-2"), retired("large")).bank(encoder);

        // Then
        assertThat(ids(bank)).doesNotContain("blast-2", "large").hasSize(ids(OWN).size() - 2);
        assertThat(encoder.encoded).isEmpty();
    }

    @Test
    void keepsTheAttributeOfASentenceThatDescribes() {
        // When
        SentenceBank bank =
                edits(active("large", "A big cell", ""), active("rods", "It has rods", ""))
                        .bank(encoder);

        // Then
        assertThat(bank.sentences())
                .contains(
                        new Sentence("large", "A big cell", Role.ATTRIBUTE, "", "size", "yes"),
                        new Sentence("rods", "It has rods", Role.ATTRIBUTE, "", "rods", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-1|A cell|basophil|false|finding basophil, which bank small-1 does not have",
                "x-1|' '|blast|false|has 1 characters; give 1 to 400",
                "x 1|A cell|blast|false|sentence id 'x 1' is not",
                "x-1|''|''|true|x-1 is not in bank small-1",
                "lymphocyte-1|''|''|true|is the last one of finding lymphocyte",
                "lymphocyte-1|A cell|blast|false|is the last one of finding lymphocyte",
                "large|A cell|blast|false|of role ATTRIBUTE and would become FINDING",
                "d-1|A cell|blast|false|of role DISEASE and would become FINDING",
            })
    void refusesWhatTheBankCannotTakeAndStaysAsItWas(
            String id, String text, String finding, boolean retired, String why) {
        // When
        BankEdits edits = edits(new SentenceEdit(id, text, finding, retired), ADDED);

        // Then
        assertThat(edits.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.position()).isZero())
                .satisfies(refused -> assertThat(refused.why()).contains(why));
        assertThat(edits.version()).isEqualTo(edits(ADDED).version());
    }

    @Test
    void refusesATextThatIsTooLong() {
        assertThat(edits(active("x", "a".repeat(401), "blast")).refused()).hasSize(1);
        assertThat(edits(active("x", "a".repeat(400), "blast")).refused()).isEmpty();
    }

    @Test
    void letsTheLastSentenceGoOnceAnotherIsThere() {
        assertThat(edits(ADDED, retired("lymphocyte-1")).refused()).isEmpty();
        assertThat(edits(ADDED, retired("lymphocyte-1"), retired("l-2")).refused()).hasSize(1);
    }

    @Test
    void keepsTheOwnVersionWhereNothingDiffersInTheEnd() {
        // When
        BankEdits edits = edits(ADDED, retired("l-2"), retired("large"), retired("large"));
        BankEdits none = edits(active("l-3", "A cell", "lymphocyte"), retired("l-3"));

        // Then
        assertThat(edits.version()).isEqualTo(edits(retired("large")).version());
        assertThat(none.changed()).isFalse();
        assertThat(none.version()).isEqualTo("small-1");
    }

    @Test
    void namesEqualBanksAlikeHoweverTheyCameAbout() {
        // Given
        SentenceEdit other = active("a-1", "Another cell", "blast");
        BankEdits one = edits(ADDED, other, retired("blast-3"));
        BankEdits two =
                edits(
                        retired("blast-3"),
                        active("l-2", "first thought", "lymphocyte"),
                        other,
                        retired("l-2"),
                        ADDED);

        // Then
        assertThat(one.version()).matches("small-1\\+[0-9a-f]{12}").isEqualTo(two.version());
        assertThat(one.bank(encoder).sentences()).isEqualTo(two.bank(encoder).sentences());
        assertThat(one.version()).isNotEqualTo(edits(ADDED, other).version());
    }

    @Test
    void findsTheEditsBehindAVersion() {
        // Given
        List<SentenceEdit> all = List.of(ADDED, retired("nowhere"), retired("blast-3"));
        String second = BankEdits.of(OWN, all.subList(0, 1)).version();

        // Then
        assertThat(BankEdits.until(OWN, all, "small-1")).contains(List.of());
        assertThat(BankEdits.until(OWN, all, second)).contains(List.of(ADDED));
        assertThat(BankEdits.until(OWN, all, BankEdits.of(OWN, all).version())).contains(all);
        assertThat(BankEdits.until(OWN, all, "small-1+000000000000")).isEmpty();
    }
}
