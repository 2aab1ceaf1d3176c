// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import io.cytolog.cell.ImageKind;
import io.cytolog.image.ImageBytes;
import io.cytolog.release.ReleaseId;
import java.nio.charset.StandardCharsets;

/**
 * Names a result by what it was made from, so that the same image under the same release has the
 * same id wherever and whenever it is made.
 *
 * @param value SHA-256, 64 lower-case hexadecimal digits
 */
public record ResultId(String value) {

    /**
     * @param imageSha256 digest of the image file
     * @param kind CELL or FIELD, as the image was treated
     */
    public static ResultId of(ReleaseId release, String imageSha256, ImageKind kind) {
        String content = "cytolog-result-1\n" + release + "\n" + imageSha256 + "\n" + kind + "\n";
        return new ResultId(ImageBytes.wrap(content.getBytes(StandardCharsets.UTF_8)).sha256());
    }

    @Override
    public String toString() {
        return value;
    }
}
