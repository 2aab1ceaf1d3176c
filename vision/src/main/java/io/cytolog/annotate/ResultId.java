// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import io.cytolog.cell.ImageKind;
import io.cytolog.image.ImageBytes;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseId;
import java.nio.charset.StandardCharsets;

/**
 * Names a result by what it was made from, so that the same image under the same release, with the
 * same sentences, has the same id wherever and whenever it is made.
 *
 * @param value SHA-256, 64 lower-case hexadecimal digits
 */
public record ResultId(String value) {

    /**
     * @param imageSha256 digest of the image file
     * @param kind CELL or FIELD, as the image was treated
     */
    public static ResultId of(ReleaseId release, String imageSha256, ImageKind kind) {
        return digest("cytolog-result-1\n" + release + "\n" + imageSha256 + "\n" + kind + "\n");
    }

    /** Of a result under an edition; that of an unedited release is the release's. */
    public static ResultId of(Release edition, String imageSha256, ImageKind kind) {
        if (!edition.edited()) {
            return of(edition.id(), imageSha256, kind);
        }
        return digest(
                "cytolog-result-2\n%s\n%s\n%s\n%s\n"
                        .formatted(edition.id(), edition.bank().version(), imageSha256, kind));
    }

    private static ResultId digest(String content) {
        return new ResultId(ImageBytes.wrap(content.getBytes(StandardCharsets.UTF_8)).sha256());
    }

    @Override
    public String toString() {
        return value;
    }
}
