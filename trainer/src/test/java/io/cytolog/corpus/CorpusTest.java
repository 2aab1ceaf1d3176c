// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a corpus refuses, and that training never reads the bank's words. */
class CorpusTest {

    private static final String HEADER =
            "path,class,patient_or_group_if_known,split,augmented,core\n";

    @TempDir private Path folder = Path.of("");

    @Test
    void refusesGroupThatStandsInBothSplits() throws Exception {
        // Given
        write("a/1.png,monocyte,patient 1,train,0,1\na/2.png,monocyte,patient 1,val,0,1\n");

        // When, Then
        assertThatThrownBy(() -> Corpus.read(folder, false))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("patient 1")
                .hasMessageContaining("stands in train and in val");
    }

    @Test
    void namesMissingFiles() throws Exception {
        // Given
        write("a/1.png,monocyte,patient 1,train,0,1\n");
        Files.delete(folder.resolve("a/1.png"));

        // When, Then
        assertThatThrownBy(() -> Corpus.read(folder, false))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("a/1.png");
    }

    @Test
    void mapsClassesAndValidatesOnUnalteredCellsOnly() throws Exception {
        // Given
        write(
                """
                a/1.png,lymphocyte_typical,p1,train,0,1
                a/2.png,myeloblast,p2,val,0,1
                a/3.png,myeloblast,p2,val,1,1
                a/4.png,whole_field,p3,train,0,1
                """);

        // When
        Corpus corpus = Corpus.read(folder, false);

        // Then
        assertThat(corpus.train()).extracting(Cell::finding).containsExactly("lymphocyte");
        assertThat(corpus.validation()).extracting(Cell::path).containsExactly("a/2.png");
    }

    @Test
    void learnsOneCollectionAndLooksAtAllOfAnother() throws Exception {
        // Given: of b, a finding that a has not, a warped cell, and cells of both splits
        write(
                """
                a/1.png,monocyte,p1,train,0,1
                a/2.png,monocyte,p2,val,0,1
                b/3.png,monocyte,p3,train,0,1
                b/4.png,monocyte,p4,val,0,1
                b/5.png,monocyte,p4,val,1,1
                b/6.png,basophil,p3,train,0,1
                """);

        // When
        Corpus corpus = Corpus.read(folder, false).across("a", "b");

        // Then
        assertThat(corpus.train()).extracting(Cell::path).containsExactly("a/1.png");
        assertThat(corpus.validation())
                .extracting(Cell::path)
                .containsExactly("b/3.png", "b/4.png");
        assertThat(corpus.validation()).noneMatch(Cell::training);
        assertThat(corpus.digest()).isNotEqualTo(Corpus.read(folder, false).digest());
    }

    @Test
    void refusesCollectionsThatShareNothing() throws Exception {
        write("a/1.png,monocyte,p1,train,0,1\nb/2.png,basophil,p2,train,0,1\n");
        Corpus corpus = Corpus.read(folder, false);

        for (String other : new String[] {"b", "c", "a"}) {
            assertThatThrownBy(() -> corpus.across("a", other))
                    .isInstanceOf(CorpusException.class)
                    .hasMessageContaining("'a' and '" + other + "'");
        }
    }

    @Test
    void keepsOtherSplitsApartAndNamesMissingOnes() throws Exception {
        // Given
        write(
                """
                a/1.png,monocyte,p1,train,0,1
                a/2.png,monocyte,p2,test,0,1
                a/3.png,monocyte,p2,test,1,1
                """);

        // When
        Corpus corpus = Corpus.read(folder, false);

        // Then
        assertThat(corpus.split("test")).extracting(Cell::path).containsExactly("a/2.png");
        assertThat(corpus.train()).extracting(Cell::path).containsExactly("a/1.png");
        assertThatThrownBy(() -> corpus.split("val"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("--split val has no cells");
    }

    @Test
    void refusesGroupThatStandsInTrainAndInTest() throws Exception {
        // Given
        write("a/1.png,monocyte,patient 1,train,0,1\na/2.png,monocyte,patient 1,test,0,1\n");

        // When, Then
        assertThatThrownBy(() -> Corpus.read(folder, false))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("patient 1");
    }

    @Test
    void keepsBankWordingsOutOfTraining() {
        // Given
        Wordings wordings = Wordings.shipped();
        Set<String> trained = new HashSet<>();
        Set<String> banked = new HashSet<>();

        // When
        for (var finding : wordings.findings()) {
            finding.train().forEach(text -> trained.add(plain(text)));
            finding.bank().forEach(text -> banked.add(plain(text)));
        }
        for (var attribute : wordings.attributes()) {
            for (var value : attribute.values()) {
                value.train().forEach(text -> trained.add(plain(text)));
                value.bank().forEach(text -> banked.add(plain(text)));
            }
        }

        // Then
        assertThat(trained).isNotEmpty().doesNotContainAnyElementsOf(banked);
        assertThat(wordings.attributes()).hasSize(11);
    }

    private static String plain(String text) {
        return text.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z ]", "").strip();
    }

    private void write(String rows) throws Exception {
        Files.writeString(folder.resolve("manifest.csv"), HEADER + rows);
        for (String row : rows.lines().toList()) {
            Path file = folder.resolve(row.substring(0, row.indexOf(',')));
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }
}
