// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the mark of a synthetic picture in its PNG, without decoding it. Stateless. */
public final class SyntheticMarks {

    /** Keyword of the text chunk; nothing else has it. */
    public static final String KEYWORD = "cytolog-synthetic";

    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int HEADER = 8;
    private static final int CHECKSUM = 4;
    private static final int TEXT = 0x74455874;
    private static final int LONGEST_TEXT = 4096;

    private SyntheticMarks() {}

    /** The text of the mark; empty for files of other kinds and for PNGs without one. */
    public static Optional<String> in(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (bytes.remaining() < HEADER || bytes.getLong() != SIGNATURE) {
            return Optional.empty();
        }
        while (bytes.remaining() >= HEADER) {
            int length = bytes.getInt();
            int type = bytes.getInt();
            if (length < 0 || length > bytes.remaining() - CHECKSUM) {
                return Optional.empty();
            }
            if (type == TEXT && length <= LONGEST_TEXT) {
                byte[] text = new byte[length];
                bytes.get(bytes.position(), text);
                String all = new String(text, StandardCharsets.ISO_8859_1);
                if (all.startsWith(KEYWORD + "\0")) {
                    return Optional.of(all.substring(KEYWORD.length() + 1));
                }
            }
            bytes.position(bytes.position() + length + CHECKSUM);
        }
        return Optional.empty();
    }
}
