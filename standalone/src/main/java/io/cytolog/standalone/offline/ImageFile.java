// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.offline;

import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageLimits;
import io.cytolog.image.RejectedImageException;
import io.cytolog.image.RejectionReason;
import io.cytolog.image.RejectionStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads an image file without ever taking more than the gate would let pass into memory. */
final class ImageFile {

    private ImageFile() {}

    static ImageBytes read(Path file, ImageLimits limits) throws RejectedImageException {
        try {
            long size = Files.size(file);
            if (size > limits.maxBytes()) {
                throw new RejectedImageException(
                        RejectionStage.GATE,
                        RejectionReason.TOO_MANY_BYTES,
                        "the file has %,d bytes, the bound is %,d; send a smaller image"
                                .formatted(size, limits.maxBytes()));
            }
            return ImageBytes.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new RejectedImageException(
                    RejectionStage.FETCH,
                    RejectionReason.CONTENT_UNAVAILABLE,
                    "the file cannot be read (%s); make it readable"
                            .formatted(e.getClass().getSimpleName()));
        }
    }
}
