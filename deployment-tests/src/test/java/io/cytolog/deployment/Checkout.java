// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files under test, by their path from the repository's root. */
final class Checkout {
    static final Path ROOT = Path.of(System.getProperty("cytolog.checkout")).normalize();
    static final Path SCRATCH = Path.of(System.getProperty("cytolog.scratch"));

    private static final JsonMapper JSON = new JsonMapper();

    private Checkout() {}

    static Path path(String relative) {
        return ROOT.resolve(relative);
    }

    static String text(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String relative) {
        try {
            return JSON.readTree(text(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(relative, e);
        }
    }

    static JsonNode yaml(String relative) {
        return documents(text(relative)).getFirst();
    }

    /** The documents of a YAML stream, merge keys resolved, duplicate keys refused. */
    static List<JsonNode> documents(String stream) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var loaded = new Yaml(new SafeConstructor(options)).loadAll(stream);
        return StreamSupport.stream(loaded.spliterator(), false)
                .map(document -> JSON.<JsonNode>valueToTree(document))
                .filter(document -> !document.isNull())
                .toList();
    }
}
