// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import io.cytolog.corpus.SyntheticMarks;
import io.cytolog.image.CellPixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * What a synthetic picture says of itself, in a text chunk of its PNG.
 *
 * @param generator SHA-256 of the generator's weights
 * @param finding that it was drawn for
 * @param seed that it was drawn with
 * @param number place among those of its finding and seed
 */
public record SyntheticMark(String generator, String finding, long seed, int number) {

    private static final String FORMAT = "javax_imageio_png_1.0";

    /** The mark as text. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "synthetic cell, not for evaluation; generator=%s finding=%s seed=%d number=%d",
                generator,
                finding,
                seed,
                number);
    }

    /** A PNG of the cell with the mark in it; the same cell and mark give the same bytes. */
    public byte[] png(CellPixels cell) throws IOException {
        BufferedImage picture =
                new BufferedImage(cell.side(), cell.side(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = cell.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            picture.setRGB(
                    i / 3 % cell.side(),
                    i / 3 / cell.side(),
                    Byte.toUnsignedInt(rgb[i]) << 16
                            | Byte.toUnsignedInt(rgb[i + 1]) << 8
                            | Byte.toUnsignedInt(rgb[i + 2]));
        }
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
        ImageWriter writer = writers.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(
                            ImageTypeSpecifier.createFromRenderedImage(picture),
                            writer.getDefaultWriteParam());
            IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
            entry.setAttribute("keyword", SyntheticMarks.KEYWORD);
            entry.setAttribute("value", text());
            IIOMetadataNode texts = new IIOMetadataNode("tEXt");
            texts.appendChild(entry);
            IIOMetadataNode root = new IIOMetadataNode(FORMAT);
            root.appendChild(texts);
            metadata.mergeTree(FORMAT, root);
            writer.write(metadata, new IIOImage(picture, null, metadata), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
