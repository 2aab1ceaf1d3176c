// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.bank.BankEdits;
import io.cytolog.bank.SentenceEdit;
import io.cytolog.cell.ImageKind;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.TextEncoder;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseId;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.ReleaseWriter;
import io.cytolog.release.TestReleases;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultIdTest {

    private static final ReleaseId RELEASE = new ReleaseId("a".repeat(64));
    private static final String IMAGE = "b".repeat(64);

    /**
     * SHA-256 of "cytolog-result-1\n", release, image and kind, a line each; results rest on it.
     */
    @Test
    void staysTheSameFromVersionToVersion() {
        assertThat(ResultId.of(RELEASE, IMAGE, ImageKind.CELL).value())
                .isEqualTo("24fc5f2f0733fda62cafb222080e5893d36dbd2b935590d5e41bec22b4e4116f");
    }

    /** SHA-256 of "cytolog-result-2\n", release, bank version, image and kind, a line each. */
    @Test
    void coversTheBankOfAnEditionAndOnlyOfAnEdition(@TempDir Path folder) throws Exception {
        // Given
        ReleaseWriter.write(folder, TestReleases.content());
        Release trained = named(ReleaseReader.read(folder));
        var edits = List.of(SentenceEdit.retired("large"));
        Release edited = trained.edited(BankEdits.of(trained.bank(), edits), new NoText());

        // Then
        assertThat(ResultId.of(trained, IMAGE, ImageKind.CELL))
                .isEqualTo(ResultId.of(RELEASE, IMAGE, ImageKind.CELL));
        assertThat(edited.bank().version()).isEqualTo("small-1+bf22eedb7e3d");
        assertThat(ResultId.of(edited, IMAGE, ImageKind.CELL).value())
                .isEqualTo("6f012bfc04f92945b3c50ed86c75c739472cb2e85dee5dd09013634d3ce81245");
    }

    private static Release named(Release read) {
        return new Release(
                RELEASE,
                read.folder(),
                read.manifest(),
                read.bank(),
                read.matcher(),
                read.golden());
    }

    /** Retiring needs no encoder. */
    private static final class NoText implements TextEncoder {

        @Override
        public List<Embedding> encode(List<String> sentences) {
            throw new AssertionError("nothing to encode");
        }

        @Override
        public void close() {}
    }

    @Test
    void differsWithReleaseImageAndKind() {
        ResultId id = ResultId.of(RELEASE, IMAGE, ImageKind.CELL);
        assertThat(ResultId.of(RELEASE, IMAGE, ImageKind.FIELD)).isNotEqualTo(id);
        assertThat(ResultId.of(RELEASE, "c".repeat(64), ImageKind.CELL)).isNotEqualTo(id);
        assertThat(ResultId.of(new ReleaseId("c".repeat(64)), IMAGE, ImageKind.CELL))
                .isNotEqualTo(id);
    }
}
