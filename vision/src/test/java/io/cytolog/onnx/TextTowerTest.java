// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.bank.SmallBank;
import io.cytolog.embed.Embedding;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.ReleaseWriter;
import io.cytolog.release.TestReleases;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTowerTest {

    private static final InferenceThreads ONE = new InferenceThreads(1);

    private static MiniLmTextTower tower;

    @TempDir private Path temp;

    @BeforeAll
    static void open() {
        tower = MiniLmTextTower.open(ONE);
    }

    @AfterAll
    static void close() {
        tower.close();
    }

    private static double similarity(String one, String other) {
        return Embedding.ofUnit(tower.embed(one)).similarity(Embedding.ofUnit(tower.embed(other)));
    }

    @Test
    void isTheVeryTowerThatReleasesWereTrainedAgainst() {
        assertThat(tower.sha256())
                .isEqualTo("ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4");
        assertThat(tower.name()).isEqualTo("all-MiniLM-L6-v2");
    }

    @Test
    void givesUnitVectorsOfItsDimensions() {
        float[] vector = tower.embed("A large cell with fine chromatin and prominent nucleoli.");
        assertThat(vector).hasSize(MiniLmTextTower.DIMENSIONS);
        assertThat(Embedding.ofUnit(vector).dimensions()).isEqualTo(384);
    }

    @Test
    void putsSentencesOfOneMeaningNearerThanOthers() {
        String blast = "An immature white blood cell with a large nucleus.";
        String same = "A blast: a young leukocyte whose nucleus is big.";
        String other = "The train to Hamburg leaves at noon.";
        assertThat(similarity(blast, same)).isGreaterThan(similarity(blast, other) + 0.3);
        assertThat(similarity("A man eats food.", "A man is eating a meal."))
                .isEqualTo(0.9, Offset.offset(0.1));
    }

    @Test
    void givesASentenceTheSameVectorAloneAndAmongOthers() {
        String sentence = "Round nucleus.";
        List<float[]> together =
                tower.embed(
                        List.of("A much longer sentence that would pad the first one.", sentence));
        assertThat(together.getLast()).isEqualTo(tower.embed(sentence));
    }

    @Test
    void cutsWhatIsTooLongInsteadOfFailing() {
        assertThat(tower.embed("nucleus ".repeat(2000))).hasSize(384);
        assertThat(tower.embed("")).hasSize(384);
    }

    @Test
    void projectsIntoTheSpaceOfARelease() throws Exception {
        // Given
        Release release = release(tower.sha256());

        // When
        try (OnnxTextEncoder encoder = OnnxTextEncoder.open(release, ONE)) {
            List<Embedding> embeddings = encoder.encode(List.of("a blast", "a platelet"));

            // Then the first four dimensions, scaled
            float[] whole = tower.embed("a blast");
            Embedding expected = SmallBank.direction(whole[0], whole[1], whole[2], whole[3]);
            assertThat(embeddings).hasSize(2);
            assertThat(embeddings.getFirst().similarity(expected))
                    .isEqualTo(1, Offset.offset(1e-6));
        }
    }

    @Test
    void refusesAReleaseThatWasTrainedAgainstAnotherTower() throws Exception {
        Release release = release("1".repeat(64));
        assertThatThrownBy(() -> OnnxTextEncoder.open(release, ONE))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("1".repeat(64))
                .hasMessageContaining(tower.sha256());
    }

    private Release release(String towerSha256) throws Exception {
        ReleaseWriter.write(
                temp,
                TestReleases.content(
                        new byte[] {1},
                        TinyModels.textProjection(MiniLmTextTower.DIMENSIONS, 4),
                        towerSha256,
                        SmallBank.direction(1, 0, 0, 0)));
        return ReleaseReader.read(temp);
    }
}
