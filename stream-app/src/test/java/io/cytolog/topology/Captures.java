// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.Priority;
import io.cytolog.image.ImageBytes;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import javax.imageio.ImageIO;

/** Images of one colour in records, as a scanner would publish them. */
final class Captures {

    static final Instant CAPTURED = Instant.parse("2026-03-01T08:00:00Z");

    private Captures() {}

    static byte[] png(Color colour, int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = image.createGraphics();
        brush.setColor(colour);
        brush.fillRect(0, 0, side, side);
        brush.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static ImageCaptured.Builder of(String imageId, String slide, byte[] file) {
        return ImageCaptured.newBuilder()
                .setImageId(imageId)
                .setOrigin(origin(slide))
                .setKind(ImageKind.CELL)
                .setSourceName(imageId + ".png")
                .setSha256(ImageBytes.wrap(file).sha256())
                .setSizeBytes(file.length)
                .setContent(ByteBuffer.wrap(file));
    }

    private static ImageOrigin origin(String slide) {
        return ImageOrigin.newBuilder()
                .setAccession("A-26-0001")
                .setSpecimen("S1")
                .setSlide(slide)
                .setCapturedAt(CAPTURED)
                .setPriority(Priority.ROUTINE)
                .build();
    }
}
