// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.network.ImageTower;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Alters pictures so that position, orientation and stain teach nothing: flips, turns, scale,
 * shift, stain strength by channel, colour, sharpness, a hole. All choices come from the given
 * source, so a step can be run again.
 */
final class Augmenter {

    private static final int BILINEAR = 0;
    private static final int REFLECT = 2;

    private Augmenter() {}

    /**
     * @param pictures float {@code [n, 3, side, side]}, 0 to 1
     * @param side side of the result
     * @param strength 0 only turns and flips, 1 alters as far as is ever done
     * @return normalised for the image tower
     */
    static Tensor alter(Tensor pictures, int side, double strength, Random random) {
        int n = Math.toIntExact(pictures.size(0));
        Tensor x = moved(pictures, n, side, strength, random);
        x = stained(x, n, side, strength, random);
        x = sharpened(x, n, strength, random);
        return x.mul(holes(n, side, strength, random));
    }

    /**
     * Stain, colour and sharpness, without moving anything.
     *
     * @param pictures float {@code [n, 3, side, side]}, 0 to 1
     * @return normalised for the image tower
     */
    static Tensor lit(Tensor pictures, int side, double strength, Random random) {
        int n = Math.toIntExact(pictures.size(0));
        Tensor x = stained(pictures, n, side, strength, random);
        return sharpened(x, n, strength, random);
    }

    /** Only flipped, turned, scaled and shifted, normalised. */
    static Tensor turned(Tensor pictures, int side, Random random) {
        return plain(moved(pictures, Math.toIntExact(pictures.size(0)), side, 1, random));
    }

    /** Pictures as they are, normalised. */
    static Tensor plain(Tensor pictures) {
        Tensor mean = Tensors.of(ImageTower.MEAN, 1, 3, 1, 1);
        Tensor deviation = Tensors.of(ImageTower.DEVIATION, 1, 3, 1, 1);
        return pictures.sub(mean).div(deviation);
    }

    /** Pictures as they are but for their side, made smaller as those of training, normalised. */
    static Tensor plain(Tensor pictures, int side) {
        if (side == pictures.size(2)) {
            return plain(pictures);
        }
        int n = Math.toIntExact(pictures.size(0));
        float[] theta = new float[n * 6];
        for (int i = 0; i < n; i++) {
            theta[i * 6] = 1;
            theta[i * 6 + 4] = 1;
        }
        return plain(sampled(pictures, theta, n, side));
    }

    /** Turned, flipped, scaled and shifted, any number of channels alike. */
    static Tensor moved(Tensor pictures, int n, int side, double strength, Random random) {
        float[] theta = new float[n * 6];
        for (int i = 0; i < n; i++) {
            double angle = random.nextInt(4) * Math.PI / 2;
            angle += random.nextBoolean() ? 0 : (random.nextDouble() - 0.5) * Math.PI / 2;
            double scale = 1 / (1 + strength * (0.4 * random.nextDouble() - 0.25));
            double flip = random.nextBoolean() ? 1 : -1;
            theta[i * 6] = (float) (scale * flip * Math.cos(angle));
            theta[i * 6 + 1] = (float) (-scale * Math.sin(angle));
            theta[i * 6 + 2] = (float) ((random.nextDouble() - 0.5) * 0.24 * strength);
            theta[i * 6 + 3] = (float) (scale * flip * Math.sin(angle));
            theta[i * 6 + 4] = (float) (scale * Math.cos(angle));
            theta[i * 6 + 5] = (float) ((random.nextDouble() - 0.5) * 0.24 * strength);
        }
        return sampled(pictures, theta, n, side);
    }

    /** Pictures of that side, each through its own affine map. */
    private static Tensor sampled(Tensor pictures, float[] theta, int n, int side) {
        Tensor source = halved(pictures, side);
        Tensor grid =
                torch.affine_grid_generator(
                        Tensors.of(theta, n, 2, 3),
                        new long[] {n, source.size(1), side, side},
                        false);
        return torch.grid_sampler(source, grid, BILINEAR, REFLECT, false);
    }

    /** Averages pixels first where the result has half the side, so that no detail aliases. */
    private static Tensor halved(Tensor pictures, int side) {
        if (2L * side > pictures.size(2)) {
            return pictures;
        }
        long[] two = {2, 2};
        long[] none = {0, 0};
        return torch.avg_pool2d(pictures, two, two, none, false, false, new LongOptional());
    }

    /** Stain strength is a power of the transmitted light; the rest is one matrix a picture. */
    private static Tensor stained(Tensor x, int n, int side, double strength, Random random) {
        float[] powers = new float[n * 3];
        float[] matrices = new float[n * 9];
        float[] offsets = new float[n * 3];
        for (int i = 0; i < n; i++) {
            double dye = Math.exp(0.18 * strength * random.nextGaussian());
            for (int c = 0; c < 3; c++) {
                powers[i * 3 + c] =
                        (float) (dye * Math.exp(0.10 * strength * random.nextGaussian()));
            }
            colour(matrices, offsets, i, strength, random);
        }
        Tensor light = x.reshape(n, 3, (long) side * side).clamp_min(new Scalar(1 / 255.0));
        Tensor powered = light.log().mul(Tensors.of(powers, n, 3, 1)).exp();
        return torch.baddbmm(Tensors.of(offsets, n, 3, 1), Tensors.of(matrices, n, 3, 3), powered)
                .reshape(n, 3, side, side);
    }

    /** Saturation, turn of hue, contrast and brightness, with the tower's normalisation. */
    private static void colour(
            float[] matrices, float[] offsets, int i, double strength, Random random) {
        double saturation = Math.max(0.3, 1 + 0.18 * strength * random.nextGaussian());
        double hue = 0.12 * strength * random.nextGaussian();
        double contrast = Math.exp(0.12 * strength * random.nextGaussian());
        double brightness = 0.06 * strength * random.nextGaussian();
        double cos = saturation * Math.cos(hue);
        double sin = saturation * Math.sin(hue) / Math.sqrt(3);
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double grey = 1.0 / 3;
                double turn = row == column ? 0 : (column == (row + 1) % 3 ? -1 : 1);
                double own = row == column ? 1 : 0;
                double weight = grey + cos * (own - grey) + sin * turn;
                matrices[i * 9 + row * 3 + column] =
                        (float) (contrast * weight / ImageTower.DEVIATION[row]);
            }
            double shift =
                    0.65 * (1 - contrast) + brightness + 0.03 * strength * random.nextGaussian();
            offsets[i * 3 + row] =
                    (float) ((shift - ImageTower.MEAN[row]) / ImageTower.DEVIATION[row]);
        }
    }

    /** Blurs or sharpens two pictures in five, and computes nothing for the others. */
    private static Tensor sharpened(Tensor x, int n, double strength, Random random) {
        float[] amounts = new float[n];
        long[] altered = new long[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            double drawn = random.nextDouble();
            double amount = drawn < 0.25 ? drawn * 4 : drawn < 0.4 ? -(drawn - 0.25) * 4 : 0;
            if (amount != 0) {
                amounts[count] = (float) (amount * strength);
                altered[count++] = i;
            }
        }
        if (count == 0) {
            return x;
        }
        Tensor numbers = Tensor.create(Arrays.copyOf(altered, count));
        Tensor own = x.index_select(0, numbers);
        Tensor smooth =
                torch.avg_pool2d(
                        own,
                        new long[] {3, 3},
                        new long[] {1, 1},
                        new long[] {1, 1},
                        false,
                        false,
                        new LongOptional());
        Tensor change =
                smooth.sub(own).mul(Tensors.of(Arrays.copyOf(amounts, count), count, 1, 1, 1));
        return x.index_add(0, numbers, change);
    }

    private static Tensor holes(int n, int side, double strength, Random random) {
        float[] kept = new float[n * side * side];
        Arrays.fill(kept, 1);
        for (int i = 0; i < n; i++) {
            if (random.nextDouble() >= 0.25 * strength) {
                continue;
            }
            int height = (int) (side * (0.1 + 0.2 * random.nextDouble()));
            int width = (int) (side * (0.1 + 0.2 * random.nextDouble()));
            int top = random.nextInt(side - height);
            int left = random.nextInt(side - width);
            for (int y = top; y < top + height; y++) {
                int row = (i * side + y) * side;
                Arrays.fill(kept, row + left, row + left + width, 0);
            }
        }
        return Tensors.of(kept, n, 1, side, side);
    }
}
