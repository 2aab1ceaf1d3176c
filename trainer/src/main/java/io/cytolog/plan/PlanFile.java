// Licensed under the Apache License, Version 2.0.
package io.cytolog.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan in a JSON file. Stateless. */
public final class PlanFile {

    private static final int MOST_BYTES = 1 << 20;

    private PlanFile() {}

    /**
     * Reads a plan.
     *
     * @param kind record whose fields the file has, and no others
     * @throws IOException in one line: which file, where in it, what is wrong
     */
    public static <T> T read(Path file, Class<T> kind) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
            throw new IOException(
                    "--plan %s is no file of at most 1 MiB; give a plan".formatted(file));
        }
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readValue(Files.readAllBytes(file), kind);
        } catch (JacksonException e) {
            throw new IOException("--plan %s%s: %s".formatted(file, place(e), fault(e)), e);
        }
    }

    private static String place(JacksonException e) {
        StringBuilder place = new StringBuilder();
        if (e.getLocation() != null && e.getLocation().getLineNr() > 0) {
            place.append(", line ").append(e.getLocation().getLineNr());
        }
        if (e instanceof JsonMappingException mapping) {
            String before = ", ";
            for (Reference step : mapping.getPath()) {
                place.append(
                        step.getFieldName() == null
                                ? "[%d]".formatted(step.getIndex())
                                : before + step.getFieldName());
                before = ".";
            }
        }
        return place.toString();
    }

    /** A record's own words where it refused its values, else the reader's first line. */
    private static String fault(JacksonException e) {
        String words =
                e.getCause() instanceof IllegalArgumentException refused
                        ? refused.getMessage()
                        : e.getOriginalMessage();
        return words.lines().findFirst().orElse("");
    }
}
