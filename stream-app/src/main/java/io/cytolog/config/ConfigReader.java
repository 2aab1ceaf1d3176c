// Licensed under the Apache License, Version 2.0.
package io.cytolog.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the configuration: the shipped defaults, over them a file, over that environment variables,
 * over those what a program sets itself. Every fault of all of them is told at once. Used by one
 * thread.
 */
public final class ConfigReader {

    private static final String DEFAULTS = "cytolog.yaml";
    private static final YAMLMapper YAML = new YAMLMapper();

    private final ObjectNode tree = defaults();
    private final List<String> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Starts from the shipped defaults. */
    public static ConfigReader ofDefaults() {
        return new ConfigReader();
    }

    private ConfigReader() {}

    /** Lays a YAML file over what was read so far. */
    public ConfigReader file(Path file) {
        try {
            JsonNode read = YAML.readTree(Files.readAllBytes(file));
            if (read.isObject()) {
                Overlay.lay(tree, read);
            } else if (!read.isMissingNode() && !read.isNull()) {
                faults.add("%s holds no settings; give lines of key: value".formatted(file));
            }
        } catch (NoSuchFileException e) {
            faults.add(
                    "configuration file %s does not exist; give an existing one".formatted(file));
        } catch (JsonProcessingException e) {
            faults.add("%s %s: %s".formatted(file, place(e.getLocation()), firstLine(e)));
        } catch (IOException e) {
            faults.add("configuration file %s cannot be read: %s".formatted(file, e.getMessage()));
        }
        return this;
    }

    /**
     * Lays environment variables over what was read so far; others than CYTOLOG_ are none of ours.
     */
    public ConfigReader environment(Map<String, String> variables) {
        Map<String, String> paths = new LinkedHashMap<>();
        Settings.paths(AppConfig.class, "").forEach(p -> paths.put(Settings.variable(p), p));
        variables.forEach(
                (name, text) -> {
                    String path = paths.get(name);
                    if (path != null) {
                        set(path, text);
                    } else if (name.startsWith("CYTOLOG_")) {
                        warnUnknown(name, List.copyOf(paths.keySet()));
                    }
                });
        return this;
    }

    /** Sets one setting by its path, for example {@code batch.max-size}. */
    public ConfigReader with(String path, String text) {
        if (Settings.paths(AppConfig.class, "").contains(path)) {
            set(path, text);
        } else {
            faults.add("%s is not a setting".formatted(path));
        }
        return this;
    }

    /** What is odd but no fault, one line each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * The configuration.
     *
     * @throws InvalidConfigException with every fault of every source
     */
    public AppConfig read() throws InvalidConfigException {
        ObjectNode resolved = tree.deepCopy();
        faults.addAll(Secrets.resolve(resolved));
        Binder binder = new Binder();
        AppConfig config = binder.bind(AppConfig.class, resolved, "");
        faults.addAll(binder.faults());
        if (!faults.isEmpty()) {
            throw new InvalidConfigException(faults);
        }
        return Objects.requireNonNull(config);
    }

    /** The configuration in effect as YAML, with secrets left out. */
    public String redacted() {
        try {
            return YAML.writeValueAsString(Secrets.redact(tree.deepCopy()))
                    .replaceFirst("^---\\s", "");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void set(String path, String text) {
        List<String> steps = List.of(path.split("\\."));
        JsonNode section = tree;
        for (String step : steps.subList(0, steps.size() - 1)) {
            section = section.path(step);
        }
        String key = steps.getLast();
        // A section that a file made something else is told of when it is bound.
        if (section instanceof ObjectNode settings) {
            settings.set(key, structured(settings.path(key), path, text));
        }
    }

    /**
     * Lists and maps are written in a variable as YAML writes them; a lone item needs no brackets.
     */
    private JsonNode structured(JsonNode before, String path, String text) {
        if (!before.isContainerNode()) {
            return YAML.getNodeFactory().textNode(text);
        }
        try {
            JsonNode parsed = YAML.readTree(text);
            return before.isArray() && parsed.isValueNode()
                    ? YAML.createArrayNode().add(parsed)
                    : parsed;
        } catch (JsonProcessingException e) {
            faults.add("%s=%s is not YAML; give [a, b] or {a: b}".formatted(path, text));
            return before;
        }
    }

    private void warnUnknown(String name, List<String> known) {
        warnings.add(
                "environment variable %s is not a setting%s"
                        .formatted(
                                name,
                                Settings.nearest(name, known)
                                        .map("; did you mean %s?"::formatted)
                                        .orElse("")));
    }

    private static String place(JsonLocation location) {
        return location == null
                ? ""
                : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("is not YAML");
    }

    private static ObjectNode defaults() {
        try (InputStream in = ConfigReader.class.getResourceAsStream(DEFAULTS)) {
            return (ObjectNode) YAML.readTree(Objects.requireNonNull(in, DEFAULTS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
