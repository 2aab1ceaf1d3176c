// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench;

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
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Gate, decode and recipe of one cell image, the work a decode thread does for it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RecipeBenchmark {

    private static final int SIDE = 360;

    @Param({"0", "2"})
    private double claheClipLimit;

    @Param({"1", "2"})
    private int decodeReduction;

    private final ImageGate gate = new ImageGate(ImageLimits.DEFAULT);
    private final ImageDecoder decoder = new ImageDecoder();
    private Recipe recipe;
    private RecipeRunner runner;
    private ImageBytes jpeg;

    @Setup
    public void prepare() throws IOException {
        recipe = new Recipe(128, 288, 1.6, claheClipLimit, 8, decodeReduction);
        runner = new RecipeRunner(recipe);
        jpeg = ImageBytes.wrap(noisyCell());
    }

    @Benchmark
    public CellPixels decodeAndRecipe() throws RejectedImageException {
        ImageHeader header = gate.admit(jpeg);
        try (PixelImage image = decoder.decode(jpeg, header, recipe.reductionOf(header))) {
            return runner.cellImage(image);
        }
    }

    private static byte[] noisyCell() throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean nucleus = Math.hypot(x - SIDE / 2.0, y - SIDE / 2.0) < SIDE / 5.0;
                int noise = random.nextInt(24);
                image.setRGB(
                        x,
                        y,
                        (nucleus
                                        ? new Color(90 + noise, 50 + noise, 140 + noise)
                                        : new Color(225 + noise, 210 + noise, 200 + noise))
                                .getRGB());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }
}
