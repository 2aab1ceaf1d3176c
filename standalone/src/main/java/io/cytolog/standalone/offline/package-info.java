// Licensed under the Apache License, Version 2.0.
/**
 * Annotates a folder without Kafka, through the same vision core as the stream, and writes one JSON
 * object a line. Knows nothing of the embedded servers.
 */
package io.cytolog.standalone.offline;
