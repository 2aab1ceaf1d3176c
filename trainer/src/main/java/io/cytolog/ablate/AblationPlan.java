// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
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
 * @param across collections to train on and to look at; {@link Across#NONE} to train on all and to
 *     look at the validation split
 * @param seeds a training each, for rows that state none
 * @param rows the first is what the others are compared with
 */
public record AblationPlan(
        boolean coreOnly,
        int epochs,
        int side,
        Across across,
        List<Long> seeds,
        List<AblationRow> rows) {

    /**
     * Two collections, each the first folder of its cells' paths.
     *
     * @param train whose training cells are learnt
     * @param look whose cells, of both splits, are looked at
     */
    public record Across(String train, String look) {

        public static final Across NONE = new Across("", "");

        public Across {
            require(train != null && look != null, "across has no train or no look");
        }

        boolean isNone() {
            return equals(NONE);
        }
    }

    public AblationPlan {
        across = across == null ? Across.NONE : across;
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
                across.isNone() || rows.stream().noneMatch(AblationRow::leaky),
                "a leaky row mixes the collections that across holds apart; give one of the two");
        require(
                !seeds.isEmpty() || rows.stream().noneMatch(row -> row.seeds().isEmpty()),
                "seeds are missing");
    }

    /** Reads a plan; its message says what is wrong. */
    public static AblationPlan read(Path file) throws IOException {
        return PlanFile.read(file, AblationPlan.class);
    }

    /** The cells that the plan's trainings see. */
    public Corpus cells(Path data) throws CorpusException {
        Corpus all = Corpus.read(data, coreOnly);
        return across.isNone() ? all : all.across(across.train(), across.look());
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
