// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import io.cytolog.plan.PlanFile;
import java.io.IOException;
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
        return PlanFile.read(file, AblationPlan.class);
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
