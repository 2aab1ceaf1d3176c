// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows to train and to compare; a JSON file.
 *
 * @param coreOnly whether only the manifest's core subset is used
 * @param epochs of every training
 * @param side of the encoder's input, pixels
 * @param seeds a training each, for rows that state none
 * @param rows the first is what the others are compared with
 */
public record AblationPlan(
        boolean coreOnly, int epochs, int side, List<Long> seeds, List<AblationRow> rows) {

    private static final int MOST_BYTES = 1 << 20;

    public AblationPlan {
        seeds = seeds == null ? List.of() : List.copyOf(seeds);
        rows = rows == null ? List.of() : List.copyOf(rows);
        Set<String> names = new HashSet<>();
        for (AblationRow row : rows) {
            require(names.add(row.name()), "row '%s' stands twice".formatted(row.name()));
        }
        require(rows.size() >= 2, "rows are fewer than 2");
        require(epochs >= 1 && epochs <= 1000, "epochs=%d; give 1 to 1000".formatted(epochs));
        require(side >= 32 && side <= 256, "side=%d; give 32 to 256".formatted(side));
        require(
                !seeds.isEmpty() || rows.stream().noneMatch(row -> row.seeds().isEmpty()),
                "seeds are missing");
    }

    /** Reads a plan; its message says what is wrong. */
    public static AblationPlan read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
            throw new IOException(
                    "--plan %s is no file of at most 1 MiB; give a plan".formatted(file));
        }
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(Files.readAllBytes(file), AblationPlan.class);
        } catch (JacksonException e) {
            throw new IOException(
                    "--plan %s: %s"
                            .formatted(
                                    file, e.getOriginalMessage().lines().findFirst().orElse("")));
        }
    }

    /** Seeds of a row: its own, or the plan's. */
    public List<Long> seedsOf(AblationRow row) {
        return row.seeds().isEmpty() ? seeds : row.seeds();
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException(fault);
        }
    }
}
