// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

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
import java.util.List;

/**
 * Overlapping squares of the whole fields in a data folder's training split: pictures for
 * pre-training, with red cells, platelets and background in them. Their boxes are not looked at.
 */
public final class FieldTiles {

    private static final String FIELD = "whole_field";
    private static final String TRAINING = "train";

    /** Tiles lie a third of their side apart. */
    private static final int STEPS_A_TILE = 3;

    private final Recipe recipe;

    public FieldTiles(Recipe recipe) {
        this.recipe = recipe;
    }

    /** Tiles of all fields, half the field's shorter side each, made by the server's recipe. */
    public List<CellPixels> pixels(Path folder) throws CorpusException {
        List<CellPixels> tiles = new ArrayList<>();
        try {
            for (Path field : fields(folder)) {
                tiles(field, tiles);
            }
        } catch (IOException e) {
            throw new CorpusException(
                    "fields of --data %s cannot be read: %s; check the folder"
                            .formatted(folder, e));
        }
        return tiles;
    }

    private static List<Path> fields(Path folder) throws IOException {
        return Corpus.rows(folder.resolve(Corpus.MANIFEST)).stream()
                .filter(row -> row.get("class").equals(FIELD))
                .filter(row -> row.get("split").equals(TRAINING))
                .map(row -> folder.resolve(row.get("path")))
                .toList();
    }

    private void tiles(Path field, List<CellPixels> into) throws IOException, CorpusException {
        ImageBytes bytes = ImageBytes.wrap(Files.readAllBytes(field));
        try {
            ImageHeader header = new ImageGate(ImageLimits.DEFAULT).admit(bytes);
            RecipeRunner runner = new RecipeRunner(recipe);
            try (PixelImage image = new ImageDecoder().decode(bytes, header, 1)) {
                for (Box box : boxes(image.width(), image.height())) {
                    into.add(runner.locatedCell(image, box));
                }
            }
        } catch (RejectedImageException e) {
            throw new CorpusException(
                    "image %s is not usable: %s".formatted(field, e.getMessage()));
        }
    }

    /** Boxes that the recipe, which adds context around a box, turns into tiles. */
    private List<Box> boxes(int width, int height) {
        int side = Math.min(width, height) / 2;
        int step = Math.max(1, side / STEPS_A_TILE);
        int inner = Math.max(1, (int) Math.round(side / recipe.contextFactor()));
        int margin = (side - inner) / 2;
        List<Box> boxes = new ArrayList<>();
        for (int y = 0; y + side <= height; y += step) {
            for (int x = 0; x + side <= width; x += step) {
                boxes.add(new Box(x + margin, y + margin, inner, inner));
            }
        }
        return boxes;
    }
}
