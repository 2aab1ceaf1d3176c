// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

/**
 * How text looks: in colour or plain, with marks of Unicode or of ASCII.
 *
 * @param colour whether escape codes are understood
 * @param unicode whether more than ASCII can be shown
 * @param columns width of the terminal; 0 when lines need not fit one
 */
public record Style(boolean colour, boolean unicode, int columns) {

    /** For a file or a pipe. */
    public static final Style PLAIN = new Style(false, false, 0);

    private static final String ELLIPSIS = "\u2026";

    enum Tone {
        GOOD("32"),
        DOUBT("33"),
        ALARM("1;35"),
        BAD("31"),
        QUIET("2"),
        STRONG("1");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    String in(Tone tone, String text) {
        return colour ? "\u001b[%sm%s\u001b[0m".formatted(tone.code, text) : text;
    }

    String mark(String unicodeMark, String asciiMark) {
        return unicode ? unicodeMark : asciiMark;
    }

    /** Exactly so many characters: filled with blanks on the right, or shortened on the left. */
    String fit(String text, int width) {
        String more = mark(ELLIPSIS, "~");
        return text.length() <= width
                ? text + " ".repeat(width - text.length())
                : more + text.substring(text.length() - width + more.length());
    }

    /** What is left of the line behind {@code used} characters. */
    String rest(String text, int used) {
        int room = columns - used;
        if (columns == 0 || text.length() <= room) {
            return text;
        }
        return room < 2 ? "" : text.substring(0, room - 1) + mark(ELLIPSIS, "~");
    }
}
