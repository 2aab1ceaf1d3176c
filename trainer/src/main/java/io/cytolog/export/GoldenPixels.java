// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import io.cytolog.image.CellPixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws pixels for the golden vectors: discs on a plain ground, never a real cell. */
final class GoldenPixels {

    private static final int COUNT = 8;

    private GoldenPixels() {}

    static List<CellPixels> draw(int side) {
        List<CellPixels> drawn = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            drawn.add(new CellPixels(side, disc(side, new Random(1_000L + i))));
        }
        return drawn;
    }

    private static byte[] disc(int side, Random random) {
        int[] ground = {
            200 + random.nextInt(50), 190 + random.nextInt(50), 190 + random.nextInt(50)
        };
        int[] disc = {60 + random.nextInt(120), 30 + random.nextInt(90), 90 + random.nextInt(120)};
        double radius = side * (0.15 + 0.25 * random.nextDouble());
        byte[] rgb = new byte[side * side * 3];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                boolean inside = Math.hypot(x - side / 2.0, y - side / 2.0) < radius;
                for (int c = 0; c < 3; c++) {
                    int value = (inside ? disc[c] : ground[c]) + random.nextInt(13) - 6;
                    rgb[(y * side + x) * 3 + c] = (byte) Math.clamp(value, 0, 255);
                }
            }
        }
        return rgb;
    }
}
