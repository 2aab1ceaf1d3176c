// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.cell.ImageKind;
import io.cytolog.release.ReleaseId;
import org.junit.jupiter.api.Test;

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

    @Test
    void differsWithReleaseImageAndKind() {
        ResultId id = ResultId.of(RELEASE, IMAGE, ImageKind.CELL);
        assertThat(ResultId.of(RELEASE, IMAGE, ImageKind.FIELD)).isNotEqualTo(id);
        assertThat(ResultId.of(RELEASE, "c".repeat(64), ImageKind.CELL)).isNotEqualTo(id);
        assertThat(ResultId.of(new ReleaseId("c".repeat(64)), IMAGE, ImageKind.CELL))
                .isNotEqualTo(id);
    }
}
