// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static io.cytolog.image.RejectionReason.CORRUPT;
import static io.cytolog.image.RejectionReason.NOT_AN_IMAGE;
import static io.cytolog.image.RejectionReason.TRUNCATED;
import static io.cytolog.image.RejectionReason.UNSUPPORTED_FORMAT;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Reads format and dimensions from the first bytes of a file and sees whether its end is there,
 * without decoding a pixel. JPEG after ITU-T T.81, PNG after W3C PNG (third edition), TIFF after
 * TIFF 6.0. Allocates nothing that grows with what the file claims.
 */
final class HeaderReader {

    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
    private static final Map<String, String> KNOWN_ELSEWHERE =
            Map.of("GIF8", "GIF", "RIFF", "WebP", "%PDF", "PDF", "BM", "BMP", "DICM", "DICOM");

    private HeaderReader() {}

    static ImageHeader read(byte[] bytes) throws RejectedImageException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.remaining() >= 3 && u16(in, 0) == 0xFFD8 && u8(in, 2) == 0xFF) {
            return jpeg(in);
        }
        if (in.remaining() >= 8 && in.getLong(0) == PNG_SIGNATURE) {
            return png(in);
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

    private static ImageHeader jpeg(ByteBuffer in) throws RejectedImageException {
        ImageHeader header = null;
        int at = 2;
        while (at + 4 <= in.limit()) {
            if (u8(in, at) != 0xFF) {
                throw rejected(CORRUPT, "the JPEG has no marker at byte " + at);
            }
            int marker = u8(in, at + 1);
            if (marker == 0xFF || marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }
            int length = u16(in, at + 2);
            if (length < 2) {
                throw rejected(CORRUPT, "the JPEG has a segment of length " + length);
            }
            if (isStartOfFrame(marker)) {
                header = jpegFrame(in, at, marker);
            }
            if (marker == 0xDA) {
                return jpegScan(in, at + 2 + length, header);
            }
            at += 2 + length;
        }
        throw rejected(TRUNCATED, "the JPEG ends before its pixels; send the image again");
    }

    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private static ImageHeader jpegFrame(ByteBuffer in, int at, int marker)
            throws RejectedImageException {
        if (at + 9 > in.limit()) {
            throw rejected(TRUNCATED, "the JPEG ends in its frame header; send the image again");
        }
        if (marker != 0xC0 && marker != 0xC1 && marker != 0xC2) {
            throw rejected(
                    UNSUPPORTED_FORMAT,
                    "the JPEG uses coding process 0x%X; send baseline or progressive JPEG"
                            .formatted(marker));
        }
        return positive(
                new ImageHeader(
                        ImageFormat.JPEG, u16(in, at + 7), u16(in, at + 5), u8(in, at + 4)));
    }

    private static ImageHeader jpegScan(ByteBuffer in, int from, ImageHeader header)
            throws RejectedImageException {
        if (header == null) {
            throw rejected(CORRUPT, "the JPEG has a scan before its frame header");
        }
        for (int at = in.limit() - 2; at >= from; at--) {
            if (in.get(at) == (byte) 0xFF && in.get(at + 1) == (byte) 0xD9) {
                return header;
            }
        }
        throw rejected(
                TRUNCATED,
                "the JPEG has no end marker in its %,d bytes; send the image again"
                        .formatted(in.limit()));
    }

    private static ImageHeader png(ByteBuffer in) throws RejectedImageException {
        if (in.limit() < 33 || in.getInt(12) != 0x49484452) {
            throw rejected(TRUNCATED, "the PNG ends before its header does; send the image again");
        }
        ImageHeader header =
                new ImageHeader(ImageFormat.PNG, in.getInt(16), in.getInt(20), u8(in, 24));
        positive(header);
        long at = 8;
        while (at + 12 <= in.limit()) {
            long length = in.getInt((int) at) & 0xFFFFFFFFL;
            if (in.getInt((int) at + 4) == 0x49454E44) {
                return header;
            }
            at += 12 + length;
        }
        throw rejected(
                TRUNCATED,
                "the PNG has no end chunk in its %,d bytes; send the image again"
                        .formatted(in.limit()));
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
        String start =
                new String(
                        bytes,
                        0,
                        Math.min(4, bytes.length),
                        java.nio.charset.StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> known : KNOWN_ELSEWHERE.entrySet()) {
            if (start.startsWith(known.getKey())) {
                return rejected(
                        UNSUPPORTED_FORMAT,
                        "the file is %s; send JPEG, PNG or TIFF".formatted(known.getValue()));
            }
        }
        return rejected(
                NOT_AN_IMAGE, "the first bytes are of no image format; send JPEG, PNG or TIFF");
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
