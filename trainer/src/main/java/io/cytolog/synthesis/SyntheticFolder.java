// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.SyntheticMarks;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Synthetic cells as files: {@code cells/FINDING/NUMBER.png}, each marked, and {@code
 * synthetic.jsonl} with their digests. Stateless.
 */
public final class SyntheticFolder {

    private static final String LIST = "synthetic.jsonl";
    private static final int MOST_CELLS = 200_000;

    /**
     * A line of the list.
     *
     * @param path relative to the folder
     * @param sha256 of the file
     */
    public record Entry(
            String path, String finding, String sha256, String generator, long seed, int number) {}

    /** A cell as training takes it. */
    public record Drawn(String finding, CellPixels pixels) {}

    private SyntheticFolder() {}

    /** Writes cells of a finding and adds them to the list. */
    public static void write(
            Path folder, String finding, List<CellPixels> cells, String generator, long seed)
            throws IOException {
        ObjectMapper mapper = JsonMapper.builder().build();
        StringBuilder lines = new StringBuilder();
        Files.createDirectories(folder.resolve("cells").resolve(finding));
        for (int i = 0; i < cells.size(); i++) {
            String path = "cells/%s/%05d.png".formatted(finding, i);
            byte[] png = new SyntheticMark(generator, finding, seed, i).png(cells.get(i));
            Files.write(folder.resolve(path), png);
            String sha256 = ImageBytes.wrap(png).sha256();
            lines.append(
                            mapper.writeValueAsString(
                                    new Entry(path, finding, sha256, generator, seed, i)))
                    .append('\n');
        }
        Path list = folder.resolve(LIST);
        String before = Files.isRegularFile(list) ? Files.readString(list) : "";
        Files.writeString(list, before + lines);
    }

    /** Forgets cells that were drawn before. */
    public static void clear(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(LIST));
    }

    /**
     * The cells of the list, as the recipe makes them; for training alone.
     *
     * @throws CorpusException when a file is missing, changed or not marked
     */
    public static List<Drawn> read(Path folder, Recipe recipe) throws CorpusException {
        List<Drawn> cells = new ArrayList<>();
        try {
            ObjectMapper mapper = JsonMapper.builder().build();
            List<String> lines = Files.readAllLines(folder.resolve(LIST), StandardCharsets.UTF_8);
            if (lines.size() > MOST_CELLS) {
                throw new CorpusException(
                        "%s lists %,d cells, the bound is %,d; draw fewer"
                                .formatted(folder.resolve(LIST), lines.size(), MOST_CELLS));
            }
            for (String line : lines) {
                cells.add(drawn(folder, mapper.readValue(line, Entry.class), recipe));
            }
            return cells;
        } catch (IOException e) {
            throw new CorpusException(
                    "%s cannot be read: %s; run ./cytolog generate again"
                            .formatted(folder.resolve(LIST), e.getMessage()));
        }
    }

    private static Drawn drawn(Path folder, Entry entry, Recipe recipe)
            throws IOException, CorpusException {
        Path file = folder.resolve(entry.path()).normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new CorpusException(
                    "%s names %s, which is not in its folder; run ./cytolog generate again"
                            .formatted(folder.resolve(LIST), entry.path()));
        }
        byte[] png = Files.readAllBytes(file);
        ImageBytes bytes = ImageBytes.wrap(png);
        if (!bytes.sha256().equals(entry.sha256()) || SyntheticMarks.in(png).isEmpty()) {
            throw new CorpusException(
                    "%s is not what %s lists; run ./cytolog generate again".formatted(file, LIST));
        }
        try {
            ImageHeader header = new ImageGate(ImageLimits.DEFAULT).admit(bytes);
            try (PixelImage image = new ImageDecoder().decode(bytes, header)) {
                // Drawn as they leave the crop: whole, with contrast and stain still to come.
                Recipe whole = recipe.cropping(Math.max(recipe.cropSide(), image.width()));
                return new Drawn(entry.finding(), new RecipeRunner(whole).cellImage(image));
            }
        } catch (RejectedImageException e) {
            throw new CorpusException("%s is not usable: %s".formatted(file, e.getMessage()));
        }
    }
}
