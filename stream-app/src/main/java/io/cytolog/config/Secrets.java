// Licensed under the Apache License, Version 2.0.
package io.cytolog.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets come by reference to a file and are never printed. */
final class Secrets {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{file:([^}]+)}");
    private static final Pattern SECRET_KEY =
            Pattern.compile("(?i).*(password|secret|token|jaas|credential|user\\.info|\\.key).*");
    private static final Pattern LOGIN = Pattern.compile("(https?://)[^/@\\s]+@");

    private Secrets() {}

    /** Puts the files' contents in; returns what is at fault. */
    static List<String> resolve(ObjectNode tree) {
        List<String> faults = new ArrayList<>();
        resolve(tree, "", faults);
        return faults;
    }

    private static void resolve(ObjectNode section, String path, List<String> faults) {
        for (Map.Entry<String, JsonNode> entry : section.properties()) {
            String below = Settings.under(path, entry.getKey());
            if (entry.getValue() instanceof ObjectNode deeper) {
                resolve(deeper, below, faults);
            } else if (entry.getValue().isTextual()) {
                section.put(entry.getKey(), resolved(entry.getValue().asText(), below, faults));
            }
        }
    }

    private static String resolved(String text, String path, List<String> faults) {
        return REFERENCE
                .matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(content(found.group(1), path, faults)));
    }

    private static String content(String file, String path, List<String> faults) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            faults.add("%s: secret file %s cannot be read; mount it".formatted(path, file));
            return "";
        }
    }

    /** The tree with stars in place of what may be secret. */
    static ObjectNode redact(ObjectNode section) {
        for (Map.Entry<String, JsonNode> entry : section.properties()) {
            if (entry.getValue() instanceof ObjectNode deeper) {
                redact(deeper);
            } else if (SECRET_KEY.matcher(entry.getKey()).matches()
                    || REFERENCE.matcher(entry.getValue().asText()).find()) {
                section.put(entry.getKey(), "***");
            } else if (entry.getValue().isTextual()) {
                section.put(
                        entry.getKey(),
                        LOGIN.matcher(entry.getValue().asText()).replaceAll("$1***@"));
            }
        }
        return section;
    }
}
