// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static io.cytolog.image.RejectionReason.CORRUPT;
import static io.cytolog.image.RejectionReason.NOT_AN_IMAGE;
import static io.cytolog.image.RejectionReason.UNSUPPORTED_FORMAT;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads format and dimensions from the first bytes of a file and sees whether its end is there,
 * without decoding a pixel. Allocates nothing that grows with what the file claims.
 */
final class HeaderReader {

    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int DICOM_PREAMBLE = 128;
    private static final Map<String, String> KNOWN_ELSEWHERE =
            Map.of("GIF8", "GIF", "RIFF", "WebP", "%PDF", "PDF", "BM", "BMP");

    private HeaderReader() {}

    static ImageHeader read(byte[] bytes) throws RejectedImageException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.remaining() >= 3 && u16(in, 0) == 0xFFD8 && u8(in, 2) == 0xFF) {
            return new JpegHeader(in).read();
        }
        if (in.remaining() >= 8 && in.getLong(0) == PNG_SIGNATURE) {
            return PngHeader.read(in);
        }
        if (in.remaining() >= 8 && isTiff(in)) {
            return TiffHeader.read(in);
        }
        throw unknown(bytes);
    }

    private static boolean isTiff(ByteBuffer in) {
        int order = u16(in, 0);
        return order == 0x4949 && u16(in, 2) == 0x2A00
                || order == 0x4D4D && u16(in, 2) == 0x002A
                || order == 0x4949 && u16(in, 2) == 0x2B00
                || order == 0x4D4D && u16(in, 2) == 0x002B;
    }

    static ImageHeader positive(ImageHeader header) throws RejectedImageException {
        if (header.width() <= 0 || header.height() <= 0) {
            throw rejected(
                    CORRUPT,
                    "the image claims %d x %d px".formatted(header.width(), header.height()));
        }
        return header;
    }

    private static RejectedImageException unknown(byte[] bytes) {
        for (Map.Entry<String, String> known : KNOWN_ELSEWHERE.entrySet()) {
            if (text(bytes, 0).startsWith(known.getKey())) {
                return elsewhere(known.getValue());
            }
        }
        if (text(bytes, DICOM_PREAMBLE).equals("DICM")) {
            return elsewhere("DICOM");
        }
        return rejected(
                NOT_AN_IMAGE, "the first bytes are of no image format; send JPEG, PNG or TIFF");
    }

    private static String text(byte[] bytes, int from) {
        int length = Math.clamp(bytes.length - from, 0, 4);
        return length == 0 ? "" : new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private static RejectedImageException elsewhere(String format) {
        return rejected(
                UNSUPPORTED_FORMAT, "the file is %s; send JPEG, PNG or TIFF".formatted(format));
    }

    static RejectedImageException rejected(RejectionReason reason, String detail) {
        return new RejectedImageException(RejectionStage.GATE, reason, detail);
    }

    static int u8(ByteBuffer in, int at) {
        return in.get(at) & 0xFF;
    }

    static int u16(ByteBuffer in, int at) {
        return in.order() == ByteOrder.BIG_ENDIAN
                ? (u8(in, at) << 8 | u8(in, at + 1))
                : (u8(in, at + 1) << 8 | u8(in, at));
    }
}
