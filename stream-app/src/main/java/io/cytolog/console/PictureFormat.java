// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.image.CellPixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Ways in which a cell's pixels become a picture that browsers show. */
enum PictureFormat {
    PNG("png", "image/png"),
    JPEG("jpg", "image/jpeg");

    private final String extension;
    private final String contentType;

    PictureFormat(String extension, String contentType) {
        this.extension = extension;
        this.contentType = contentType;
    }

    static Optional<PictureFormat> of(String extension) {
        return Arrays.stream(values()).filter(f -> f.extension.equals(extension)).findFirst();
    }

    String contentType() {
        return contentType;
    }

    byte[] encode(CellPixels pixels) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        // ImageIO's own stream would go through a file in the temporary folder.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            ImageIO.write(picture(pixels), extension, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private static BufferedImage picture(CellPixels pixels) {
        int side = pixels.side();
        byte[] rgb = pixels.rgb();
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            int red = rgb[3 * i] & 0xff;
            int green = rgb[3 * i + 1] & 0xff;
            int blue = rgb[3 * i + 2] & 0xff;
            picture.setRGB(i % side, i / side, red << 16 | green << 8 | blue);
        }
        return picture;
    }
}
