// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import io.cytolog.bank.SmallBank;
import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import java.util.List;
import java.util.Map;

/** Small releases with every part; the encoders are what the caller gives. */
public final class TestReleases {

    public static final int SIDE = 32;
    public static final Recipe RECIPE = new Recipe(SIDE, 64, 1.5, 0, 8);

    private TestReleases() {}

    /** A cell of one colour. */
    public static CellPixels plain(int red, int green, int blue) {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
            rgb[i + 2] = (byte) blue;
        }
        return new CellPixels(SIDE, rgb);
    }

    public static ReleaseContent content(
            byte[] imageEncoder, byte[] textProjection, String towerSha256, Embedding golden) {
        return new ReleaseContent(
                "test",
                RECIPE,
                imageEncoder,
                1,
                textProjection,
                "all-MiniLM-L6-v2",
                towerSha256,
                SmallBank.bank(),
                SmallBank.CALIBRATION,
                SmallBank.prototypes(),
                new GoldenVectors(
                        List.of(plain(200, 100, 50)),
                        List.of(golden),
                        ReleaseFiles.GOLDEN_TOLERANCE),
                "# Test\n",
                Map.of("seed", "1"));
    }

    /** With encoders that are never run. */
    public static ReleaseContent content() {
        return content(
                new byte[] {1, 2, 3},
                new byte[] {4, 5},
                "0".repeat(64),
                SmallBank.direction(1, 0, 0, 0));
    }
}
