// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What runs a session.
 *
 * @param number of the GPU; 0 where there is none
 */
public record InferenceDevice(Kind kind, int number) {

    /** The CPU. */
    public static final InferenceDevice CPU = new InferenceDevice(Kind.CPU, 0);

    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    /** How sure the choice is. */
    public enum Kind {
        /** The first GPU where it can be had, else the CPU. */
        AUTO,
        CPU,
        /** This GPU and nothing else. */
        CUDA
    }

    /**
     * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:1}.
     *
     * @throws IllegalArgumentException when the text is none of them
     */
    public static InferenceDevice parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Matcher cuda = CUDA.matcher(lower);
        if (cuda.matches()) {
            String number = cuda.group(1);
            return new InferenceDevice(Kind.CUDA, number == null ? 0 : Integer.parseInt(number));
        }
        return switch (lower) {
            case "auto" -> new InferenceDevice(Kind.AUTO, 0);
            case "cpu" -> CPU;
            default ->
                    throw new IllegalArgumentException(
                            "'%s' is no device; give auto, cpu, cuda or cuda:N".formatted(text));
        };
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.CUDA ? name + ":" + number : name;
    }
}
