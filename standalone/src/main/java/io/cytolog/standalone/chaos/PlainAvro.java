// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads values in Confluent's wire format (a zero, the schema's id, Avro) with Avro's generic
 * reader and a plain GET to the registry, so that a verdict does not rest on the serdes of what it
 * judges. Owned by one thread.
 */
final class PlainAvro implements AutoCloseable {

    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    private final String registry;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    PlainAvro(String registry) {
        this.registry = registry;
    }

    GenericRecord read(byte[] value) {
        ByteBuffer header = ByteBuffer.wrap(value);
        if (value.length < HEADER_BYTES || header.get() != 0) {
            throw new IllegalStateException(
                    "a value of %d bytes is not in the wire format".formatted(value.length));
        }
        var avro =
                DecoderFactory.get()
                        .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null);
        try {
            return reader(header.getInt()).read(null, avro);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GenericDatumReader<GenericRecord> reader(int id) {
        return readers.computeIfAbsent(id, missing -> new GenericDatumReader<>(schema(missing)));
    }

    private Schema schema(int id) {
        HttpRequest get =
                HttpRequest.newBuilder(URI.create("%s/schemas/ids/%d".formatted(registry, id)))
                        .build();
        try {
            HttpResponse<String> answer = http.send(get, HttpResponse.BodyHandlers.ofString());
            return new Schema.Parser().parse(json.readTree(answer.body()).get("schema").asText());
        } catch (IOException e) {
            throw new UncheckedIOException("schema %d cannot be fetched".formatted(id), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fetching schema " + id, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
