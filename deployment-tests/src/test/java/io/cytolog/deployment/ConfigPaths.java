// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The paths of the one configuration, and the environment variables that may stand for them. */
final class ConfigPaths {
    private ConfigPaths() {}

    /** {@code CYTOLOG_KAFKA_BOOTSTRAP_SERVERS} for {@code kafka.bootstrap-servers}, and so on. */
    static Set<String> variables() {
        return paths("", Checkout.yaml("deploy/cytolog.yaml"))
                .map(path -> "CYTOLOG_" + path.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    static Stream<String> paths(String prefix, JsonNode node) {
        return node.properties().stream().flatMap(entry -> path(prefix, entry));
    }

    private static Stream<String> path(String prefix, Map.Entry<String, JsonNode> entry) {
        var path = prefix + entry.getKey();
        boolean branch = entry.getValue().isObject() && !entry.getValue().isEmpty();
        return branch ? paths(path + ".", entry.getValue()) : Stream.of(path);
    }
}
