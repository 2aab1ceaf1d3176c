// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.bank.Finding;
import io.cytolog.bank.Sentence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JSON of a release: sorted, indented, the same bytes for the same content. */
final class ReleaseJson {

    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();

    private static final JsonMapper MAPPER =
            STRICT.rebuild()
                    .addModule(RecipeJson.module(STRICT))
                    .addModule(CalibrationJson.module(STRICT))
                    .addModule(EncoderJson.module(STRICT))
                    .build();

    /** The bank without its embeddings, which lie beside it. */
    record BankText(String version, List<Finding> findings, List<Sentence> sentences) {}

    private ReleaseJson() {}

    static byte[] write(Object value) {
        try {
            return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    static <T> T read(String file, byte[] json, Class<T> type) throws InvalidReleaseException {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new InvalidReleaseException(
                    file + " cannot be read: " + firstLine(e) + "; fetch the release again", e);
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no detail");
    }
}
