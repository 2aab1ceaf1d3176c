// Licensed under the Apache License, Version 2.0.
/**
 * What every Kafka Connect plugin of ours shares: its version and its way to the schema registry.
 * {@code folder} (images in) and {@code result} (results out, by way of {@code hl7}) stand on it
 * and do not know each other.
 */
@NullMarked
package io.cytolog.connect;

import org.jspecify.annotations.NullMarked;
