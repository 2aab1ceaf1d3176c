// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import io.cytolog.cell.CellLocator;
import io.cytolog.cell.ImageKind;
import io.cytolog.cell.LocatedCell;
import io.cytolog.image.Box;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageDecoder;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageHeader;
import io.cytolog.image.PixelBudget;
import io.cytolog.image.PixelImage;
import io.cytolog.image.Recipe;
import io.cytolog.image.RecipeRunner;
import io.cytolog.image.RejectedImageException;
import io.cytolog.image.RejectionReason;
import io.cytolog.image.RejectionStage;
import java.util.List;

/**
 * From bytes to cells ready for the encoder: gate, decode, locate, recipe. Safe for any thread; a
 * pool of threads shares one.
 */
public final class ImagePreparer {

    /** Most cells taken from one field; a picture with more is no field of view. */
    public static final int MOST_CELLS = 2_000;

    private static final List<String> NO_CELL = List.of("no-cell-found");

    private final ImageGate gate;
    private final ImageDecoder decoder = new ImageDecoder();
    private final CellLocator locator;
    private final Recipe recipe;
    private final RecipeRunner runner;

    public ImagePreparer(ImageGate gate, CellLocator locator, Recipe recipe) {
        this.gate = gate;
        this.locator = locator;
        this.recipe = recipe;
        this.runner = new RecipeRunner(recipe);
    }

    /**
     * Prepares an image whose digest nobody stated.
     *
     * @throws RejectedImageException when the image cannot be worked on
     */
    public PreparedImage prepare(ImageBytes bytes, ImageKind requested)
            throws RejectedImageException {
        return prepared(bytes, gate.admit(bytes), bytes.sha256(), requested);
    }

    /**
     * Prepares an image with the digest that its sender stated.
     *
     * @throws RejectedImageException when the digests differ or the image cannot be worked on
     */
    public PreparedImage prepare(ImageBytes bytes, ImageKind requested, String statedSha256)
            throws RejectedImageException {
        String sha256 = bytes.sha256();
        return prepared(bytes, gate.admit(bytes, statedSha256, sha256), sha256, requested);
    }

    private PreparedImage prepared(
            ImageBytes bytes, ImageHeader header, String sha256, ImageKind requested)
            throws RejectedImageException {
        ImageKind kind = requested.resolve(header.width(), header.height());
        int reduction = kind == ImageKind.CELL ? recipe.reductionOf(header) : 1;
        try (PixelBudget.Share _ = gate.pixels().take(header);
                PixelImage image = decoder.decode(bytes, header, reduction)) {
            List<PreparedCell> cells =
                    kind == ImageKind.CELL ? List.of(wholeImage(image)) : cellsOf(image);
            return new PreparedImage(
                    sha256,
                    kind,
                    header.width(),
                    header.height(),
                    cells,
                    cells.isEmpty() ? NO_CELL : List.of());
        }
    }

    private PreparedCell wholeImage(PixelImage image) {
        Box whole = Box.whole(image.width(), image.height());
        return new PreparedCell(
                new LocatedCell(whole, List.of()),
                runner.cellImage(image),
                (double) runner.side(image) / recipe.inputSide());
    }

    private PreparedCell located(PixelImage field, LocatedCell cell) {
        return new PreparedCell(
                cell,
                runner.locatedCell(field, cell.box()),
                (double) runner.side(cell.box()) / recipe.inputSide());
    }

    private List<PreparedCell> cellsOf(PixelImage field) throws RejectedImageException {
        List<LocatedCell> located = locator.locate(field);
        if (located.size() > MOST_CELLS) {
            throw new RejectedImageException(
                    RejectionStage.LOCATE,
                    RejectionReason.CORRUPT,
                    "%,d cells were located, the bound is %,d; send smaller fields"
                            .formatted(located.size(), MOST_CELLS));
        }
        return located.stream().map(cell -> located(field, cell)).toList();
    }
}
