// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.RedCellsOfPictures;
import io.cytolog.fit.Outliers;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Option;

/** Options of {@code train} for cells about which a release should not be sure. */
final class OutlierOptions {

    private static final int MOST = 1000;

    @Option(
            names = "--red-cells",
            paramLabel = "SHARE",
            defaultValue = "0",
            description =
                    "red cells a step for each labelled cell, cut from beside the labelled cells of training "
                            + "pictures; none of the findings is to be likely for them: 0 to 1, 0 for none; "
                            + "default ${DEFAULT-VALUE}")
    private double redCells;

    /** Refuses what is out of bounds. */
    void check() {
        if (!(redCells >= 0 && redCells <= 1)) {
            throw new IllegalArgumentException(
                    "--red-cells=%s is out of bounds; give 0 to 1".formatted(redCells));
        }
    }

    /**
     * The outliers of a training.
     *
     * @param cells of training, real ones
     * @throws CorpusException when there are none in their pictures
     */
    Outliers outliers(Path data, List<Cell> cells, Recipe recipe, long seed)
            throws CorpusException {
        if (redCells == 0) {
            return Outliers.NONE;
        }
        List<CellPixels> found;
        try (ProgressBar bar = new ProgressBar("look for red cells", MOST)) {
            found = new RedCellsOfPictures(recipe).pixels(data, cells, MOST, seed, bar::stepTo);
        }
        if (found.isEmpty()) {
            throw new CorpusException(
                    "no red cell lies beside the labelled cells of --data %s; train without --red-cells"
                            .formatted(data));
        }
        return new Outliers(found, redCells);
    }

    /** Goes into a checkpoint's identity; empty without outliers. */
    String identity() {
        return redCells == 0 ? "" : " red cells " + redCells;
    }

    /** The option as it was given, to be given again. */
    String words() {
        return redCells == 0 ? "" : " --red-cells " + redCells;
    }

    /** For the release's manifest. */
    Map<String, String> facts() {
        return redCells == 0 ? Map.of() : Map.of("red cells", Double.toString(redCells));
    }
}
