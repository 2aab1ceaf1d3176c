// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Image files for tests: plain good ones, and the bad ones that the gate must turn away. */
public final class Pictures {

    private Pictures() {}

    /** Writes a cell: a disc of one colour on white, 120 px a side. */
    public static void cell(Path file, Color colour) throws IOException {
        var image = new BufferedImage(120, 120, BufferedImage.TYPE_INT_RGB);
        var ink = image.createGraphics();
        ink.setColor(Color.WHITE);
        ink.fillRect(0, 0, 120, 120);
        ink.setColor(colour);
        ink.fillOval(5, 5, 110, 110);
        ink.dispose();
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    /** A picture that compresses badly. */
    public static BufferedImage noise(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return image;
    }

    /** Writes four files that are no image, each for another reason. */
    public static void hostile(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("hostile-text.jpg"), "not an image");
        Files.write(folder.resolve("hostile-empty.png"), new byte[0]);
        Files.write(folder.resolve("hostile-bomb.png"), bomb());
        Path whole = folder.resolve("hostile-cut.png");
        cell(whole, Color.BLUE);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
    }

    /** A PNG that claims 60,000 x 60,000 pixels. */
    private static byte[] bomb() throws IOException {
        var header = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(header)) {
            out.writeInt(60_000);
            out.writeInt(60_000);
            out.write(new byte[] {8, 2, 0, 0, 0});
        }
        var file = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(file)) {
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            chunk(out, "IHDR", header.toByteArray());
            chunk(out, "IDAT", new byte[100]);
            chunk(out, "IEND", new byte[0]);
        }
        return file.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] content)
            throws IOException {
        var crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(content);
        out.writeInt(content.length);
        out.writeBytes(type);
        out.write(content);
        out.writeInt((int) crc.getValue());
    }
}
