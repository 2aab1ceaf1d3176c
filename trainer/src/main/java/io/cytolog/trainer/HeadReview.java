// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.PixelStore;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.measure.ErrorBounds;
import io.cytolog.measure.Quantity;
import io.cytolog.measure.Silhouette;
import io.cytolog.network.OutlineTower;
import io.cytolog.outline.HeadCheck;
import io.cytolog.outline.KnownPicture;
import io.cytolog.outline.KnownPictures;
import io.cytolog.report.OutlineSheet;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import me.tongfei.progressbar.ProgressBar;

/**
 * How far a measurement head is from the truth, as figures and as pictures.
 *
 * @param head gives one silhouette a picture
 * @param out folder for check.md and outlines.png
 */
record HeadReview(
        KnownPictures known,
        Function<List<CellPixels>, List<Silhouette>> head,
        int mapSide,
        Path out) {

    /** Numbers of pictures that bounds are found on and that the head is checked on. */
    private static final int BOUNDS_FROM = 1_000_000;

    private static final int CHECK_FROM = 2_000_000;
    private static final int HELD = 500;
    private static final int PHANTOMS = 200;
    private static final int LEAST_MEASURED = 100;
    private static final int SHOWN = 16;

    /** Finds bounds on some pictures, then looks at others; returns the bounds of cells. */
    Map<Quantity, ErrorBounds.Bounds> check(PrintStream console) throws IOException {
        HeadCheck first;
        HeadCheck second;
        HeadCheck phantomsFirst;
        HeadCheck phantoms;
        try (ProgressBar bar = new ProgressBar("check", 2L * (HELD + PHANTOMS))) {
            first = checked(known::cell, BOUNDS_FROM, HELD, bar);
            second = checked(known::cell, CHECK_FROM, HELD, bar);
            phantomsFirst = checked(known::phantom, BOUNDS_FROM, PHANTOMS, bar);
            phantoms = checked(known::phantom, CHECK_FROM, PHANTOMS, bar);
        }
        Map<Quantity, ErrorBounds.Bounds> bounds = first.bounds(LEAST_MEASURED);
        String text =
                """
                # What the measurement head measures

                Errors are shares of the truth, positive where too much was measured. The intervals were found on %,d other
                pictures of the same kind. All pictures are rendered; of real cells nobody measured the truth.

                ## Rendered cells: %,d, of which %,d were not measured

                %s
                ## Rendered ellipse phantoms: %,d, of which %,d were not measured

                A bright ring on speckle; the circumference is that of its outer edge. No ultrasound picture was seen.

                %s"""
                        .formatted(
                                HELD,
                                second.pictures(),
                                second.refused(),
                                second.table(bounds),
                                phantoms.pictures(),
                                phantoms.refused(),
                                phantoms.table(phantomsFirst.bounds(LEAST_MEASURED)));
        Files.writeString(out.resolve("check.md"), text);
        console.println(text);
        return bounds;
    }

    private HeadCheck checked(
            IntFunction<KnownPicture> make, int from, int count, ProgressBar bar) {
        List<KnownPicture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(make.apply(from + i));
            bar.step();
        }
        return HeadCheck.of(pictures, head, OutlineTower.STRIDE);
    }

    /**
     * Draws outlines on rendered cells and phantoms, and on some real validation cells.
     *
     * @param data folder with the real cells
     */
    void draw(Recipe recipe, Optional<Path> data) throws IOException, CorpusException {
        OutlineSheet sheet = new OutlineSheet();
        for (int i = 0; i < SHOWN; i++) {
            KnownPicture cell = known.cell(CHECK_FROM + i);
            add(sheet, cell.picture().pixels(), "rendered", cell.subject());
        }
        for (int i = 0; i < SHOWN / 2; i++) {
            KnownPicture phantom = known.phantom(CHECK_FROM + i);
            add(sheet, phantom.picture().pixels(), "rendered", "phantom");
        }
        if (data.isPresent()) {
            Corpus corpus = Corpus.read(data.get(), false);
            List<Cell> some = spread(corpus.validation(), 3 * SHOWN);
            List<CellPixels> pixels =
                    new PixelStore(recipe, out.resolve("cache")).pixels(corpus, some, done -> {});
            for (int i = 0; i < some.size(); i++) {
                Cell cell = some.get(i);
                String where = "real, " + cell.collection();
                add(sheet, pixels.get(i), where, cell.finding());
            }
        }
        sheet.write(out.resolve("outlines.png"));
    }

    private void add(OutlineSheet sheet, CellPixels pixels, String where, String what) {
        Silhouette seen = head.apply(List.of(pixels)).getFirst();
        sheet.add(pixels, seen, mapSide, List.of(what, seen.fault().orElse(where)));
    }

    private static List<Cell> spread(List<Cell> cells, int count) {
        List<Cell> spread = new ArrayList<>();
        double step = Math.max(1, (double) cells.size() / count);
        for (double next = 0; next < cells.size(); next += step) {
            spread.add(cells.get((int) next));
        }
        return spread;
    }
}
