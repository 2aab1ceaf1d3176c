// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import static io.cytolog.image.RejectionReason.NO_CONTENT;
import static io.cytolog.image.RejectionReason.SIZE_MISMATCH;
import static io.cytolog.image.RejectionReason.UNREADABLE_RECORD;

import io.cytolog.content.ContentFetcher;
import io.cytolog.event.ImageCaptured;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.RejectedImageException;
import io.cytolog.image.RejectionStage;
import java.nio.ByteBuffer;

/** Gets the image out of its record, or from where the record says. */
public final class CapturedContent {

    private static final int CONTENT = ImageCaptured.getClassSchema().getField("content").pos();

    private CapturedContent() {}

    /** Lets go of the image's file; the rest of its record goes into the result. */
    static void dropFrom(ImageCaptured captured) {
        captured.put(CONTENT, null);
    }

    /**
     * @throws RejectedImageException when there is no image, two, or one of another length than
     *     stated
     */
    public static ImageBytes of(ImageCaptured captured, ContentFetcher fetcher)
            throws RejectedImageException {
        ByteBuffer content = captured.getContent();
        String uri = captured.getContentUri();
        if (content == null && uri == null) {
            throw new RejectedImageException(
                    RejectionStage.READ,
                    NO_CONTENT,
                    "neither content nor contentUri is set; set one of them");
        }
        if (content != null && uri != null) {
            throw new RejectedImageException(
                    RejectionStage.READ,
                    UNREADABLE_RECORD,
                    "content and contentUri are both set; set one of them");
        }
        ImageBytes bytes = content != null ? inline(content) : fetcher.fetch(uri);
        checkLength(captured, bytes, content != null ? RejectionStage.GATE : RejectionStage.FETCH);
        return bytes;
    }

    private static void checkLength(ImageCaptured captured, ImageBytes bytes, RejectionStage stage)
            throws RejectedImageException {
        // An empty file has a reason of its own at the gate.
        if (bytes.length() != 0 && bytes.length() != captured.getSizeBytes()) {
            throw new RejectedImageException(
                    stage,
                    SIZE_MISMATCH,
                    "the image has %,d bytes, the record states %,d; send the image again"
                            .formatted(bytes.length(), captured.getSizeBytes()));
        }
    }

    private static ImageBytes inline(ByteBuffer content) {
        if (content.hasArray()
                && content.arrayOffset() == 0
                && content.position() == 0
                && content.remaining() == content.array().length) {
            return ImageBytes.wrap(content.array());
        }
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return ImageBytes.wrap(bytes);
    }
}
