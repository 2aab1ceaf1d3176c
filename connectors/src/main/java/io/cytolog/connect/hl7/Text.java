// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.hl7;

import java.nio.charset.StandardCharsets;

/**
 * Makes text safe for one HL7 field; HAPI escapes the delimiters, not what would break a segment.
 */
final class Text {
    private Text() {}

    /** The text with every control character, line breaks among them, as a space. */
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
