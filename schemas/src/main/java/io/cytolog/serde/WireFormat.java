// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Confluent's envelope: a zero byte, the writer schema's id as a big-endian int, then Avro binary.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">Wire
 *     format</a>
 */
final class WireFormat {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 1 + Integer.BYTES;

    private WireFormat() {}

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }

    /** The writer schema's id, after the envelope and the size were checked. */
    static int schemaId(String topic, byte[] bytes, int maxBytes) {
        if (bytes.length > maxBytes) {
            throw new SerializationException(
                    "%s: value of %d bytes is over the bound of %d; send a claim check instead"
                            .formatted(topic, bytes.length, maxBytes));
        }
        if (bytes.length <= HEADER_BYTES) {
            throw new SerializationException(
                    """
                    %s: value of %d bytes is too short for Confluent's wire format (5 bytes, then \
                    the record); check the producer's serializer\
                    """
                            .formatted(topic, bytes.length));
        }
        if (bytes[0] != MAGIC) {
            throw new SerializationException(
                    """
                    %s: value starts with byte 0x%02x, not Confluent's 0x00; the producer must use \
                    an Avro serializer with a schema registry\
                    """
                            .formatted(topic, bytes[0]));
        }
        return ByteBuffer.wrap(bytes).getInt(1);
    }
}
