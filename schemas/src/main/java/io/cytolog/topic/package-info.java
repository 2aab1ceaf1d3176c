// Licensed under the Apache License, Version 2.0.
/**
 * The catalogue of topics: one typed constant a topic, with the settings it needs on the broker.
 * Stands on {@code io.cytolog.event} (generated messages); {@code io.cytolog.serde} stands on it.
 */
@NullMarked
package io.cytolog.topic;

import org.jspecify.annotations.NullMarked;
