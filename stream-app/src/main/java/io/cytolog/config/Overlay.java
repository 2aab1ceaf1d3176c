// Licensed under the Apache License, Version 2.0.
package io.cytolog.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lays one tree of settings over another. */
final class Overlay {

    private Overlay() {}

    /**
     * Replaces in {@code base} what {@code upper} has; sections are merged. An empty one is left.
     */
    static void lay(ObjectNode base, JsonNode upper) {
        upper.properties()
                .forEach(
                        entry -> {
                            JsonNode below = base.get(entry.getKey());
                            JsonNode above = entry.getValue();
                            if (below instanceof ObjectNode section && above.isObject()) {
                                lay(section, above);
                            } else if (!(below instanceof ObjectNode && above.isNull())) {
                                base.set(entry.getKey(), above);
                            }
                        });
    }
}
