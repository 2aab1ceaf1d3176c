// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.feed;

import io.cytolog.event.ImageKind;
import io.cytolog.smear.CellKind;
import io.cytolog.smear.SmearRenderer;
import io.cytolog.smear.SmearSpec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** The kinds of picture that a run may use, drawn by the smear renderer from fixed seeds. */
public enum Picture {
    /** 360x360 crops of one cell, about 15 KB. */
    SMALL("15k", ImageKind.CELL, 64, 0.9f) {
        @Override
        BufferedImage draw(int number) {
            return new SmearRenderer(SEED + number % SLIDES)
                    .renderCell(WHITE.get(number % WHITE.size()), number)
                    .image();
        }
    },
    /** 2,048x1,536 views, about 500 KB, sent as pictures of one cell: its centre is taken. */
    LARGE("500k", ImageKind.CELL, 24, 0.85f) {
        @Override
        BufferedImage draw(int number) {
            CellKind kind = WHITE.get(number % WHITE.size());
            return new SmearRenderer(SEED + number % SLIDES)
                    .render(
                            new SmearSpec(
                                    number, 2048, 1536, 10, 0.42, 12, List.of(kind, kind, kind)))
                    .image();
        }
    },
    /** 640x480 fields of about 45 KB, cells located in them. */
    FIELD("field", ImageKind.FIELD, 48, 0.9f) {
        @Override
        BufferedImage draw(int number) {
            CellKind kind = WHITE.get(number % WHITE.size());
            return new SmearRenderer(SEED + number % SLIDES)
                    .render(SmearSpec.small(number, kind, CellKind.LYMPHOCYTE))
                    .image();
        }
    };

    private static final long SEED = 7_000;
    private static final int SLIDES = 4;
    private static final List<CellKind> WHITE =
            List.of(
                    CellKind.SEGMENTED_NEUTROPHIL,
                    CellKind.LYMPHOCYTE,
                    CellKind.MONOCYTE,
                    CellKind.EOSINOPHIL,
                    CellKind.BLAST);

    private final String label;
    private final ImageKind kind;
    private final int count;
    private final float quality;

    Picture(String label, ImageKind kind, int count, float quality) {
        this.label = label;
        this.kind = kind;
        this.count = count;
        this.quality = quality;
    }

    /** Short name on the command line and in tables. */
    public String label() {
        return label;
    }

    abstract BufferedImage draw(int number);

    /** The set of these pictures, drawn once into a folder below {@code work}. */
    public Path folder(Path work) throws IOException {
        Path folder = work.resolve("images-" + label);
        if (!ImageSet.isIn(folder)) {
            List<byte[]> files = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                files.add(jpeg(draw(i)));
            }
            new ImageSet(kind, files).write(folder);
        }
        return folder;
    }

    private byte[] jpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
