// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static io.cytolog.image.RejectionReason.DIGEST_MISMATCH;
import static io.cytolog.image.RejectionReason.EMPTY;
import static io.cytolog.image.RejectionReason.TOO_MANY_BYTES;
import static io.cytolog.image.RejectionReason.TOO_MANY_PIXELS;
import static io.cytolog.image.RejectionReason.TOO_SMALL;

/**
 * Looks at an image file before anything is decoded: size, digest, format, dimensions. Stateless
 * and safe for any thread.
 */
public final class ImageGate {

    private final ImageLimits limits;
    private final PixelBudget pixels;

    /** A gate whose callers are few enough to decode as they like. */
    public ImageGate(ImageLimits limits) {
        this(limits, PixelBudget.UNBOUNDED);
    }

    /**
     * @param limits of each image
     * @param pixels of all images together, once decoded
     */
    public ImageGate(ImageLimits limits, PixelBudget pixels) {
        this.limits = limits;
        this.pixels = pixels;
    }

    /** To be asked between an image's admission and its decoding. */
    public PixelBudget pixels() {
        return pixels;
    }

    /**
     * Admits a file whose digest nobody stated.
     *
     * @throws RejectedImageException when a bound is passed or the file is no usable image
     */
    public ImageHeader admit(ImageBytes bytes) throws RejectedImageException {
        checkLength(bytes.length());
        ImageHeader header = HeaderReader.read(bytes.array());
        checkDimensions(header);
        return header;
    }

    /**
     * Admits a file with the digest that its sender stated.
     *
     * @param statedSha256 64 hexadecimal digits, either case
     * @param sha256 digest of the bytes as they came
     * @throws RejectedImageException when a bound is passed, the digests differ, or the file is no
     *     usable image
     */
    public ImageHeader admit(ImageBytes bytes, String statedSha256, String sha256)
            throws RejectedImageException {
        checkLength(bytes.length());
        if (!statedSha256.equalsIgnoreCase(sha256)) {
            throw rejected(
                    DIGEST_MISMATCH,
                    "the bytes have SHA-256 %s, the record states %s; send the image again"
                            .formatted(sha256, shortened(statedSha256)));
        }
        return admit(bytes);
    }

    private void checkLength(long length) throws RejectedImageException {
        if (length == 0) {
            throw rejected(EMPTY, "the file has 0 bytes; send the image again");
        }
        if (length > limits.maxBytes()) {
            throw rejected(
                    TOO_MANY_BYTES,
                    "the file has %,d bytes, the bound is %,d; send tiles or raise gate.max-bytes"
                            .formatted(length, limits.maxBytes()));
        }
    }

    private void checkDimensions(ImageHeader header) throws RejectedImageException {
        int longer = Math.max(header.width(), header.height());
        if (longer > limits.maxSide() || header.pixels() > limits.maxPixels()) {
            throw rejected(
                    TOO_MANY_PIXELS,
                    "the image is %,d x %,d px, the bound is %,d px a side and %,d px in all; send tiles"
                            .formatted(
                                    header.width(),
                                    header.height(),
                                    limits.maxSide(),
                                    limits.maxPixels()));
        }
        if (Math.min(header.width(), header.height()) < limits.minSide()) {
            throw rejected(
                    TOO_SMALL,
                    "the image is %d x %d px, a cell needs at least %d px a side"
                            .formatted(header.width(), header.height(), limits.minSide()));
        }
    }

    private static String shortened(String stated) {
        return stated.length() <= 64 ? stated : stated.substring(0, 64) + "...";
    }

    private static RejectedImageException rejected(RejectionReason reason, String detail) {
        return new RejectedImageException(RejectionStage.GATE, reason, detail);
    }
}
