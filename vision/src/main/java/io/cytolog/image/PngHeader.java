// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static io.cytolog.image.RejectionReason.CORRUPT;
import static io.cytolog.image.RejectionReason.TRUNCATED;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG after W3C PNG (third edition) and checks their sums, so that a file cut
 * in its pixels is told before it is decoded.
 */
final class PngHeader {

    private static final int IHDR = 0x49484452;
    private static final int IEND = 0x49454E44;
    private static final int IHDR_END = 33;

    private PngHeader() {}

    static ImageHeader read(ByteBuffer in) throws RejectedImageException {
        if (in.limit() < IHDR_END) {
            throw HeaderReader.rejected(
                    TRUNCATED, "the PNG ends before its header does; send the image again");
        }
        if (in.getInt(12) != IHDR || in.getInt(8) != 13) {
            throw HeaderReader.rejected(CORRUPT, "the PNG does not begin with its header");
        }
        ImageHeader header =
                HeaderReader.positive(
                        new ImageHeader(
                                ImageFormat.PNG,
                                in.getInt(16),
                                in.getInt(20),
                                HeaderReader.u8(in, 24)));
        walk(in);
        return header;
    }

    private static void walk(ByteBuffer in) throws RejectedImageException {
        long at = 8;
        while (at + 12 <= in.limit()) {
            int chunk = (int) at;
            long length = in.getInt(chunk) & 0xFFFFFFFFL;
            if (at + 12 + length > in.limit()) {
                break;
            }
            int type = in.getInt(chunk + 4);
            if (type == IHDR && at != 8) {
                throw HeaderReader.rejected(CORRUPT, "the PNG has two headers");
            }
            checkSum(in, chunk, (int) length);
            if (type == IEND) {
                return;
            }
            at += 12 + length;
        }
        throw HeaderReader.rejected(
                TRUNCATED,
                "the PNG has no end chunk in its %,d bytes; send the image again"
                        .formatted(in.limit()));
    }

    private static void checkSum(ByteBuffer in, int chunk, int length)
            throws RejectedImageException {
        CRC32 sum = new CRC32();
        sum.update(in.duplicate().position(chunk + 4).limit(chunk + 8 + length));
        if ((int) sum.getValue() != in.getInt(chunk + 8 + length)) {
            throw HeaderReader.rejected(
                    CORRUPT,
                    "the PNG's chunk at byte %,d has a wrong sum; send the image again"
                            .formatted(chunk));
        }
    }
}
