// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import static io.cytolog.smear.CellKind.BAND_NEUTROPHIL;
import static io.cytolog.smear.CellKind.BASOPHIL;
import static io.cytolog.smear.CellKind.BLAST;
import static io.cytolog.smear.CellKind.EOSINOPHIL;
import static io.cytolog.smear.CellKind.ERYTHROBLAST;
import static io.cytolog.smear.CellKind.LYMPHOCYTE;
import static io.cytolog.smear.CellKind.MONOCYTE;
import static io.cytolog.smear.CellKind.PLATELET;
import static io.cytolog.smear.CellKind.SEGMENTED_NEUTROPHIL;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Writes a feed folder as a scanner would leave it, with the truth beside it. One thread owns it.
 */
public final class SampleFeed {
    /** Box of every drawn cell; paths are relative to the feed, with forward slashes. */
    public static final String TRUTH = "truth.csv";

    private static final float JPEG_QUALITY = 0.9f;
    private static final int FIELDS = 6;

    private static final List<Slide> SLIDES =
            List.of(
                    new Slide(
                            "SYN-26-0001",
                            List.of(
                                    SEGMENTED_NEUTROPHIL,
                                    SEGMENTED_NEUTROPHIL,
                                    SEGMENTED_NEUTROPHIL,
                                    LYMPHOCYTE,
                                    LYMPHOCYTE,
                                    MONOCYTE),
                            List.of(SEGMENTED_NEUTROPHIL, LYMPHOCYTE, MONOCYTE, PLATELET)),
                    new Slide(
                            "SYN-26-0002",
                            List.of(
                                    EOSINOPHIL,
                                    EOSINOPHIL,
                                    SEGMENTED_NEUTROPHIL,
                                    BAND_NEUTROPHIL,
                                    BASOPHIL,
                                    LYMPHOCYTE),
                            List.of(EOSINOPHIL, BASOPHIL, BAND_NEUTROPHIL, LYMPHOCYTE)),
                    new Slide(
                            "SYN-26-0003",
                            List.of(BLAST, BLAST, BLAST, LYMPHOCYTE, ERYTHROBLAST, BAND_NEUTROPHIL),
                            List.of(BLAST, BLAST, ERYTHROBLAST, SEGMENTED_NEUTROPHIL)));

    private final Path root;
    private final long seed;

    public SampleFeed(Path root, long seed) {
        this.root = root;
        this.seed = seed;
    }

    /** Writes three slides of six fields and four single cells; returns how many images. */
    public int write() throws IOException {
        List<String> truth = new ArrayList<>();
        truth.add("path,kind,x,y,width,height");
        int images = 0;
        for (int i = 0; i < SLIDES.size(); i++) {
            images += write(SLIDES.get(i), new SmearRenderer(seed + i), truth);
        }
        Files.write(root.resolve(TRUTH), truth);
        return images;
    }

    private int write(Slide slide, SmearRenderer renderer, List<String> truth) throws IOException {
        Path folder = Files.createDirectories(root.resolve(slide.folder()));
        for (int field = 1; field <= FIELDS; field++) {
            RenderedField drawn = renderer.render(spec(slide, field));
            save(folder.resolve("synthetic-field-%03d.jpg".formatted(field)), drawn, truth);
        }
        for (int i = 0; i < slide.crops().size(); i++) {
            RenderedField drawn = renderer.renderCell(slide.crops().get(i), i);
            save(folder.resolve("synthetic-cell-%03d.jpg".formatted(i + 1)), drawn, truth);
        }
        return FIELDS + slide.crops().size();
    }

    /** One to four white cells a field, drawn from what the slide's patient has. */
    private SmearSpec spec(Slide slide, int field) {
        Random random = new Random(seed * 31 + slide.accession().hashCode() + 977L * field);
        int count = 1 + random.nextInt(4);
        CellKind[] kinds = new CellKind[count];
        for (int i = 0; i < count; i++) {
            kinds[i] = slide.differential().get((field + i * 5 + random.nextInt(3)) % 6);
        }
        return SmearSpec.small(field, kinds);
    }

    private void save(Path file, RenderedField drawn, List<String> truth) throws IOException {
        jpeg(drawn.image(), file);
        String path = root.relativize(file).toString().replace('\\', '/');
        for (TrueCell cell : drawn.cells()) {
            truth.add(
                    "%s,%s,%d,%d,%d,%d"
                            .formatted(
                                    path,
                                    cell.kind().id(),
                                    cell.x(),
                                    cell.y(),
                                    cell.width(),
                                    cell.height()));
        }
    }

    private static void jpeg(BufferedImage image, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(JPEG_QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), quality);
        } finally {
            writer.dispose();
        }
    }

    /** A slide to draw: its case, six kinds to draw fields from, and its single cells. */
    private record Slide(String accession, List<CellKind> differential, List<CellKind> crops) {
        /** The path rule of the folder source: accession, specimen, slide. */
        String folder() {
            return "%s/A/%s-A-1".formatted(accession, accession);
        }
    }
}
