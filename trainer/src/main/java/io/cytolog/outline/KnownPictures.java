// Licensed under the Apache License, Version 2.0.
package io.cytolog.outline;

import io.cytolog.fit.OutlinedPicture;
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
import io.cytolog.measure.Quantity;
import io.cytolog.smear.CellKind;
import io.cytolog.smear.OutlinedCell;
import io.cytolog.smear.SmearRenderer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import javax.imageio.ImageIO;

/** Renders cells and phantoms and brings them through a release's recipe. Immutable. */
public final class KnownPictures {

    /** One in so many pictures is a phantom. */
    private static final int PHANTOM_EVERY = 5;

    private static final double LEAST_SCALE = 7;
    private static final double MOST_SCALE = 12;
    private static final List<CellKind> KINDS =
            Arrays.stream(CellKind.values()).filter(CellKind::nucleated).toList();

    private final Recipe recipe;
    private final RecipeRunner runner;

    public KnownPictures(Recipe recipe) {
        this.recipe = recipe;
        this.runner = new RecipeRunner(recipe);
    }

    /**
     * Cells of all kinds in turn, each of a slide of its own, and phantoms among them.
     *
     * @param first number of the first; other numbers give other pictures
     */
    public List<KnownPicture> mixed(int first, int count, IntConsumer progress) {
        List<KnownPicture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = first + i;
            pictures.add(number % PHANTOM_EVERY == 0 ? phantom(number) : cell(number));
            progress.accept(i + 1);
        }
        return pictures;
    }

    /** The cell of that number. */
    public KnownPicture cell(int number) {
        Random random = new Random(31L * number + 7);
        CellKind kind = KINDS.get(Math.floorMod(number, KINDS.size()));
        double scale = LEAST_SCALE + (MOST_SCALE - LEAST_SCALE) * random.nextDouble();
        OutlinedCell drawn =
                new SmearRenderer(random.nextLong()).renderOutlined(kind, number, scale);
        Map<Quantity, Double> truth = new EnumMap<>(Quantity.class);
        truth.put(Quantity.CELL_AREA, drawn.bodyArea());
        truth.put(Quantity.CELL_DIAMETER, diameter(drawn.bodyArea()));
        truth.put(Quantity.NUCLEUS_AREA, drawn.nucleusArea());
        truth.put(Quantity.NUCLEUS_DIAMETER, diameter(drawn.nucleusArea()));
        truth.put(
                Quantity.NUCLEUS_TO_CYTOPLASM_RATIO,
                drawn.nucleusArea() / (drawn.bodyArea() - drawn.nucleusArea()));
        return known(kind.id(), drawn.image(), drawn.body(), drawn.nucleus(), truth);
    }

    /** The phantom of that number. */
    public KnownPicture phantom(int number) {
        Phantom drawn = Phantom.draw(new Random(77L * number + 3));
        Map<Quantity, Double> truth =
                Map.of(
                        Quantity.CIRCUMFERENCE, drawn.outer().circumference(),
                        Quantity.CELL_AREA, drawn.outer().area());
        float[] none = new float[Phantom.SIDE * Phantom.SIDE];
        return known("phantom", drawn.image(), drawn.coverage(), none, truth);
    }

    private KnownPicture known(
            String subject,
            BufferedImage image,
            float[] body,
            float[] nucleus,
            Map<Quantity, Double> truth) {
        int side = image.getWidth();
        int crop = Math.min(side, recipe.cropSide());
        return new KnownPicture(
                subject,
                new OutlinedPicture(pixels(image), shares(body, side), shares(nucleus, side)),
                truth,
                (double) crop / recipe.inputSide());
    }

    /** Through a file, as any picture comes. */
    private CellPixels pixels(BufferedImage image) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            ImageBytes bytes = ImageBytes.wrap(out.toByteArray());
            ImageHeader header = new ImageGate(ImageLimits.DEFAULT).admit(bytes);
            try (PixelImage decoded = new ImageDecoder().decode(bytes, header, 1)) {
                return runner.cellImage(decoded);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RejectedImageException e) {
            throw new IllegalStateException("a rendered picture is refused", e);
        }
    }

    /** The square that the recipe takes, averaged over the area of each pixel, 0 to 255. */
    private byte[] shares(float[] map, int side) {
        int crop = Math.min(side, recipe.cropSide());
        int from = (int) Math.round(side / 2.0 - crop / 2.0);
        int to = recipe.inputSide();
        double step = (double) crop / to;
        double[] rows = new double[to * side];
        for (int y = 0; y < to; y++) {
            average(map, side, from + y * step, step, rows, y);
        }
        byte[] shares = new byte[to * to];
        for (int y = 0; y < to; y++) {
            for (int x = 0; x < to; x++) {
                double sum = 0;
                double left = from + x * step;
                for (int i = (int) left; i < left + step; i++) {
                    sum += rows[y * side + i] * overlap(i, left, step);
                }
                shares[y * to + x] = (byte) Math.round(255 * Math.clamp(sum / step, 0, 1));
            }
        }
        return shares;
    }

    private static void average(
            float[] map, int side, double top, double step, double[] rows, int row) {
        for (int i = (int) top; i < top + step; i++) {
            double share = overlap(i, top, step) / step;
            for (int x = 0; x < side; x++) {
                rows[row * side + x] += share * map[i * side + x];
            }
        }
    }

    private static double overlap(int pixel, double from, double length) {
        return Math.max(0, Math.min(pixel + 1, from + length) - Math.max(pixel, from));
    }

    private static double diameter(double area) {
        return 2 * Math.sqrt(area / Math.PI);
    }
}
