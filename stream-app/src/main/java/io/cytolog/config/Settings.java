// Licensed under the Apache License, Version 2.0.
package io.cytolog.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names of the settings of a record tree. */
final class Settings {

    private Settings() {}

    /** {@code maxSize} as it is written: {@code max-size}. */
    static String keyOf(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    static String under(String section, String key) {
        return section.isEmpty() ? key : section + "." + key;
    }

    /** The environment variable of a path. */
    static String variable(String path) {
        return "CYTOLOG_" + path.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** Paths of all settings of a section, depth first. */
    static List<String> paths(Class<?> section, String prefix) {
        List<String> paths = new ArrayList<>();
        for (RecordComponent component : section.getRecordComponents()) {
            String path = under(prefix, keyOf(component));
            if (isSection(component.getType())) {
                paths.addAll(paths(component.getType(), path));
            } else {
                paths.add(path);
            }
        }
        return paths;
    }

    static boolean isSection(Class<?> type) {
        return type.isRecord() && type != ByteSize.class;
    }

    static boolean isFreeForm(Class<?> type) {
        return type == Map.class;
    }

    /** The name most like a mistaken one; empty when none is. */
    static Optional<String> nearest(String mistaken, List<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(mistaken, name)))
                .filter(name -> distance(mistaken, name) <= Math.max(2, name.length() / 3));
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}
