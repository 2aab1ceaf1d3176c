// Licensed under the Apache License, Version 2.0.
/**
 * The dynamic batcher: cells of many images and partitions fill one session run. Knows no Kafka and
 * no clock but the one it is handed; {@code io.cytolog.serving} stands on it.
 */
@NullMarked
package io.cytolog.batch;

import org.jspecify.annotations.NullMarked;
