// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.review;

import io.cytolog.event.CellBox;
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
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * Cuts a located cell out of its field as an image of its own: the square that the serving recipe
 * takes, at the field's scale, so that training sees what serving saw.
 */
final class CellCutter {

    private static final int SMALLEST = 32;
    private static final int LARGEST = 1024;

    /** What releases of this trainer have; the square's side follows from it. */
    private static final double CONTEXT = 1.6;

    private final ImageGate gate = new ImageGate(ImageLimits.DEFAULT);
    private final ImageDecoder decoder = new ImageDecoder();

    /**
     * How the name of an image's file ends.
     *
     * @throws RejectedImageException when it is no image that is accepted
     */
    String suffix(ImageBytes image) throws RejectedImageException {
        return switch (gate.admit(image).format()) {
            case JPEG -> ".jpg";
            case PNG -> ".png";
            case TIFF -> ".tif";
        };
    }

    /**
     * A PNG of the cell.
     *
     * @throws RejectedImageException when the field cannot be decoded
     */
    byte[] cut(ImageBytes field, CellBox box) throws RejectedImageException {
        ImageHeader header = gate.admit(field);
        Box where = new Box(box.getX(), box.getY(), box.getWidth(), box.getHeight());
        try (PixelImage image = decoder.decode(field, header, 1)) {
            int side = new RecipeRunner(recipe(SMALLEST)).side(where);
            CellPixels cell =
                    new RecipeRunner(recipe(Math.clamp(side, SMALLEST, LARGEST)))
                            .locatedCell(image, where);
            return png(cell);
        }
    }

    private static Recipe recipe(int side) {
        return new Recipe(side, LARGEST, CONTEXT, 0, 1);
    }

    private static byte[] png(CellPixels cell) {
        BufferedImage picture =
                new BufferedImage(cell.side(), cell.side(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = cell.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            int pixel =
                    Byte.toUnsignedInt(rgb[i]) << 16
                            | Byte.toUnsignedInt(rgb[i + 1]) << 8
                            | Byte.toUnsignedInt(rgb[i + 2]);
            picture.setRGB(i / 3 % cell.side(), i / 3 / cell.side(), pixel);
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(picture, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
