// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

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
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Cells as the encoder takes them, made by the server's own gate, decoder and recipe; kept in a
 * file so that only the first run pays for decoding.
 */
public final class PixelStore {

    private final Recipe recipe;
    private final Path cacheFolder;

    public PixelStore(Recipe recipe, Path cacheFolder) {
        this.recipe = recipe;
        this.cacheFolder = cacheFolder;
    }

    /**
     * Pixels of the cells, in order.
     *
     * @param progress told the number of cells done
     */
    public List<CellPixels> pixels(Corpus corpus, List<Cell> cells, IntConsumer progress)
            throws CorpusException {
        Path file = cacheFolder.resolve("pixels-" + key(corpus, cells) + ".bin");
        try {
            if (!Files.isRegularFile(file)) {
                write(file, corpus, cells, progress);
            }
            List<CellPixels> pixels = read(file, cells.size());
            progress.accept(cells.size());
            return pixels;
        } catch (IOException e) {
            throw new CorpusException(
                    "pixel cache %s cannot be used: %s; free space or give another --out"
                            .formatted(file, e));
        }
    }

    private void write(Path file, Corpus corpus, List<Cell> cells, IntConsumer progress)
            throws IOException, CorpusException {
        Files.createDirectories(cacheFolder);
        Path part =
                file.resolveSibling(
                        "%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
            for (int i = 0; i < cells.size(); i++) {
                out.write(pixels(corpus.folder().resolve(cells.get(i).path()), cells.get(i)).rgb());
                progress.accept(i + 1);
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private CellPixels pixels(Path image, Cell cell) throws IOException, CorpusException {
        byte[] file = Files.readAllBytes(image);
        if (SyntheticMarks.in(file).isPresent()) {
            throw new CorpusException(
                    "image %s of group %s is synthetic (%s); figures and labels are taken from real cells alone, take it out of the manifest"
                            .formatted(image, cell.group(), SyntheticMarks.in(file).get()));
        }
        ImageBytes bytes = ImageBytes.wrap(file);
        try {
            ImageHeader header = new ImageGate(ImageLimits.DEFAULT).admit(bytes);
            int reduction = recipe.reductionOf(header);
            try (PixelImage decoded = new ImageDecoder().decode(bytes, header, reduction)) {
                return new RecipeRunner(recipe).cellImage(decoded);
            }
        } catch (RejectedImageException e) {
            throw new CorpusException(
                    "image %s is not usable: %s".formatted(image, e.getMessage()));
        }
    }

    private List<CellPixels> read(Path file, int count) throws IOException, CorpusException {
        int length = recipe.inputSide() * recipe.inputSide() * 3;
        if (Files.size(file) != (long) length * count) {
            throw new CorpusException(
                    "pixel cache %s has the wrong length; delete it".formatted(file));
        }
        List<CellPixels> pixels = new ArrayList<>(count);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            for (int i = 0; i < count; i++) {
                pixels.add(new CellPixels(recipe.inputSide(), in.readNBytes(length)));
            }
        }
        return pixels;
    }

    private String key(Corpus corpus, List<Cell> cells) {
        StringBuilder all = new StringBuilder(corpus.digest()).append(recipe);
        cells.forEach(cell -> all.append('\n').append(cell.path()));
        byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
        return ImageBytes.wrap(bytes).sha256().substring(0, 16);
    }
}
