// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import io.cytolog.evaluate.OcclusionMap;
import io.cytolog.image.CellPixels;
import java.awt.image.BufferedImage;

/** Cells as pictures. Stateless. */
final class CellPicture {

    private static final int HEAT = 0xFF3B1F;
    private static final int COLD = 0x1F6BFF;
    private static final double STRONGEST = 0.65;

    private CellPicture() {}

    /** The pixels as they go into the encoder. */
    static BufferedImage plain(CellPixels cell) {
        BufferedImage picture =
                new BufferedImage(cell.side(), cell.side(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = cell.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            int pixel = i / 3;
            picture.setRGB(
                    pixel % cell.side(),
                    pixel / cell.side(),
                    Byte.toUnsignedInt(rgb[i]) << 16
                            | Byte.toUnsignedInt(rgb[i + 1]) << 8
                            | Byte.toUnsignedInt(rgb[i + 2]));
        }
        return picture;
    }

    /** Red where covering costs similarity, blue where it adds some, over the greyed cell. */
    static BufferedImage heat(CellPixels cell, OcclusionMap map) {
        BufferedImage picture = plain(cell);
        double most = 1e-9;
        for (double loss : map.losses()) {
            most = Math.max(most, Math.abs(loss));
        }
        for (int i = 0; i < map.losses().length; i++) {
            int x = i % map.side();
            int y = i / map.side();
            double share = STRONGEST * Math.abs(map.losses()[i]) / most;
            int colour = map.losses()[i] > 0 ? HEAT : COLD;
            picture.setRGB(x, y, blended(grey(picture.getRGB(x, y)), colour, share));
        }
        return picture;
    }

    /**
     * Variance of the Laplacian of the green channel: how sharp a picture is (Pech-Pacheco 2000).
     */
    static double sharpness(CellPixels cell) {
        int side = cell.side();
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int y = 1; y < side - 1; y++) {
            for (int x = 1; x < side - 1; x++) {
                double value =
                        green(cell, x - 1, y)
                                + green(cell, x + 1, y)
                                + green(cell, x, y - 1)
                                + green(cell, x, y + 1)
                                - 4.0 * green(cell, x, y);
                sum += value;
                squares += value * value;
                count++;
            }
        }
        return squares / count - (sum / count) * (sum / count);
    }

    private static int green(CellPixels cell, int x, int y) {
        return Byte.toUnsignedInt(cell.rgb()[(y * cell.side() + x) * 3 + 1]);
    }

    private static int grey(int rgb) {
        int value = ((rgb >> 16 & 255) * 30 + (rgb >> 8 & 255) * 59 + (rgb & 255) * 11) / 100;
        return value << 16 | value << 8 | value;
    }

    private static int blended(int base, int over, double share) {
        int result = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double value = (base >> shift & 255) * (1 - share) + (over >> shift & 255) * share;
            result |= (int) Math.round(value) << shift;
        }
        return result;
    }
}
