// Licensed under the Apache License, Version 2.0.
/**
 * Messages to bytes and back in Confluent's wire format, over a schema registry. Stands on {@code
 * io.cytolog.topic}; nothing here knows Kafka Streams, so that connectors can use it alone.
 */
@NullMarked
package io.cytolog.serde;

import org.jspecify.annotations.NullMarked;
