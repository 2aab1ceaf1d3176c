// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import io.cytolog.cell.RedCellsBeside;
import io.cytolog.image.Box;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageDecoder;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageHeader;
import io.cytolog.image.ImageLimits;
import io.cytolog.image.PixelImage;
import io.cytolog.image.Recipe;
import io.cytolog.image.RecipeRunner;
import io.cytolog.image.RejectedImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Red cells that lie in the pictures of training cells beside the labelled cell: cells that are of
 * none of the findings, of the same light and stain as those that are.
 */
public final class RedCellsOfPictures {

    /** From one picture, so that many pictures are drawn from. */
    private static final int A_PICTURE = 2;

    private final Recipe recipe;

    public RedCellsOfPictures(Recipe recipe) {
        this.recipe = recipe;
    }

    /**
     * Pixels of red cells, made by the server's recipe.
     *
     * @param cells whose pictures are looked into; those of validation are refused
     * @param most red cells to find
     * @param seed of the order in which the pictures are looked into
     * @param progress told the number of red cells found
     */
    public List<CellPixels> pixels(
            Path folder, List<Cell> cells, int most, long seed, IntConsumer progress)
            throws CorpusException {
        List<Cell> order = new ArrayList<>(cells);
        Collections.shuffle(order, new Random(seed));
        List<CellPixels> found = new ArrayList<>();
        for (Cell cell : order) {
            if (found.size() >= most) {
                break;
            }
            if (!cell.training()) {
                throw new IllegalArgumentException(cell.path() + " is no training cell");
            }
            List<CellPixels> own = pixels(folder.resolve(cell.path()));
            found.addAll(own.subList(0, Math.min(own.size(), most - found.size())));
            progress.accept(found.size());
        }
        return found;
    }

    private List<CellPixels> pixels(Path picture) throws CorpusException {
        try {
            ImageBytes bytes = ImageBytes.wrap(Files.readAllBytes(picture));
            ImageHeader header = new ImageGate(ImageLimits.DEFAULT).admit(bytes);
            RecipeRunner runner = new RecipeRunner(recipe);
            List<CellPixels> cells = new ArrayList<>();
            try (PixelImage image = new ImageDecoder().decode(bytes, header)) {
                List<Box> boxes = new RedCellsBeside().find(image);
                for (Box box : boxes.subList(0, Math.min(A_PICTURE, boxes.size()))) {
                    cells.add(runner.locatedCell(image, box));
                }
            }
            return cells;
        } catch (IOException e) {
            throw new CorpusException(
                    "image %s cannot be read: %s; check the folder".formatted(picture, e));
        } catch (RejectedImageException e) {
            throw new CorpusException(
                    "image %s is not usable: %s".formatted(picture, e.getMessage()));
        }
    }
}
