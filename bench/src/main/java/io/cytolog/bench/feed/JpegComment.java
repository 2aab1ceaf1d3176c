// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.feed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts a comment segment (ITU-T T.81, B.2.4.5) behind a JPEG's first marker. */
final class JpegComment {

    private static final int START_BYTES = 2;
    private static final short MARKER = (short) 0xFFFE;

    private JpegComment() {}

    static byte[] into(byte[] jpeg, String text) {
        byte[] comment = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(jpeg.length + 2 * Short.BYTES + comment.length)
                .put(jpeg, 0, START_BYTES)
                .putShort(MARKER)
                .putShort((short) (Short.BYTES + comment.length))
                .put(comment)
                .put(jpeg, START_BYTES, jpeg.length - START_BYTES)
                .array();
    }
}
