// Licensed under the Apache License, Version 2.0.
package io.cytolog.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A size in bytes, written with its unit, for example {@code 64MiB}. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB)");

    /**
     * @throws IllegalArgumentException when the text is no size with a unit
     */
    public static ByteSize parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            throw new IllegalArgumentException("is not a size; give one such as 64MiB");
        }
        long factor =
                switch (written.group(2)) {
                    case "KiB" -> 1L << 10;
                    case "MiB" -> 1L << 20;
                    case "GiB" -> 1L << 30;
                    default -> 1L;
                };
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(written.group(1)), factor));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is too large; give a size such as 64MiB", e);
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%dB", bytes);
    }
}
