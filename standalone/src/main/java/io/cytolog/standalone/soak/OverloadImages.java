// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.app.MemoryPlan;
import io.cytolog.cell.StainCellLocator;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageDecoder;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.image.PixelImage;
import io.cytolog.image.RejectedImageException;
import io.cytolog.smear.CellKind;
import io.cytolog.smear.SmearRenderer;
import io.cytolog.smear.SmearSpec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import javax.imageio.ImageIO;

/**
 * Two synthetic fields of chosen file sizes: one that goes by claim check and one that still fits
 * its record.
 *
 * @param file the larger one, on disk
 * @param inline bytes of the smaller one
 * @param largeCells located in the larger one
 * @param inlineCells located in the smaller one
 */
record OverloadImages(
        Path file, ImageBytes large, ImageBytes inline, int largeCells, int inlineCells) {

    private static final int LARGE = 2_000_000;
    private static final int SMALL = 950_000;
    private static final int WHITE_CELLS = 8;
    private static final int PROBE_SIDE = 512;
    private static final long SEED = 3;

    static OverloadImages draw(Path folder) throws IOException {
        double bytesPerPixel =
                png(PROBE_SIDE, PROBE_SIDE).length() / (double) (PROBE_SIDE * PROBE_SIDE);
        ImageBytes large = sized(LARGE, bytesPerPixel);
        ImageBytes inline = sized(SMALL, bytesPerPixel);
        Path file = Files.write(folder.resolve("field.png"), large.array());
        return new OverloadImages(file.toRealPath(), large, inline, cells(large), cells(inline));
    }

    /** Cells of a field at the mean: as many go inline as by claim check. */
    double cellsAnImage() {
        return (largeCells + inlineCells) / 2.0;
    }

    /**
     * What the larger one takes.
     *
     * @param cellSide pixels, of the release's recipe
     */
    MemoryPlan.LargestImage largest(int cellSide) {
        return new MemoryPlan.LargestImage(large.length(), 3L * largeCells * cellSide * cellSide);
    }

    private static ImageBytes sized(int bytes, double bytesPerPixel) throws IOException {
        int height = (int) Math.sqrt(bytes / bytesPerPixel / 4 * 3);
        return png(height * 4 / 3, height);
    }

    private static ImageBytes png(int width, int height) throws IOException {
        BufferedImage field =
                new SmearRenderer(SEED)
                        .render(
                                new SmearSpec(
                                        1,
                                        width,
                                        height,
                                        7.0,
                                        0.42,
                                        5,
                                        Collections.nCopies(
                                                WHITE_CELLS, CellKind.SEGMENTED_NEUTROPHIL)))
                        .image();
        var out = new ByteArrayOutputStream();
        ImageIO.write(field, "png", out);
        return ImageBytes.wrap(out.toByteArray());
    }

    private static int cells(ImageBytes field) {
        try (PixelImage pixels =
                new ImageDecoder().decode(field, new ImageGate(ImageLimits.DEFAULT).admit(field))) {
            return new StainCellLocator().locate(pixels).size();
        } catch (RejectedImageException e) {
            throw new IllegalStateException("a drawn field is turned away", e);
        }
    }
}
