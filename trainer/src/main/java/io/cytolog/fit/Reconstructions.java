// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.image.CellPixels;
import io.cytolog.network.ImageTower;
import io.cytolog.network.Layout;
import io.cytolog.network.MaskedAutoencoder;
import io.cytolog.network.Visibility;
import io.cytolog.network.Weights;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Draws what a pre-trained trunk makes of hidden patches, to be looked at: a row a cell, with the
 * cell, what is seen of it, and what is seen with the hidden patches painted. A painted patch has
 * the mean and deviation of the true one, which the network is not asked for.
 */
public final class Reconstructions {

    private static final int COLUMNS = 3;
    private static final int GAP = 4;
    private static final double GREY = 0.5;

    private Reconstructions() {}

    /**
     * @param layout with a decoder
     * @param weights flat
     */
    public static BufferedImage draw(
            Layout layout, float[] weights, List<CellPixels> cells, long seed) {
        int side = cells.getFirst().side();
        BufferedImage image =
                new BufferedImage(
                        COLUMNS * (side + GAP) - GAP,
                        cells.size() * (side + GAP) - GAP,
                        BufferedImage.TYPE_INT_RGB);
        int patchSide = side / layout.stride();
        float[] seen = MaskedBatch.seen(cells.size(), patchSide * patchSide, new Random(seed));
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            MaskedAutoencoder network = new MaskedAutoencoder(layout);
            Visibility visibility = Visibility.of(seen, cells.size(), patchSide, layout.stages());
            Tensor pictures = Augmenter.plain(Tensors.pictures(cells));
            Weights named = new Weights(layout, Tensors.of(weights, weights.length));
            Tensor painted = network.restored(network.paint(named, pictures, visibility), pictures);
            Tensor truth = pixels(pictures);
            Tensor mask =
                    torch.upsample_nearest2d(
                            Tensors.of(seen, cells.size(), 1, patchSide, patchSide),
                            new long[] {side, side});
            Tensor hidden = mask.neg().add(new Scalar(1));
            column(image, truth, 0, side);
            column(image, truth.mul(mask).add(hidden.mul(new Scalar(GREY))), 1, side);
            Tensor filled = pixels(network.picture(painted)).mul(hidden).add(truth.mul(mask));
            column(image, filled, 2, side);
        }
        return image;
    }

    private static Tensor pixels(Tensor normalised) {
        return normalised
                .mul(Tensors.of(ImageTower.DEVIATION, 1, 3, 1, 1))
                .add(Tensors.of(ImageTower.MEAN, 1, 3, 1, 1));
    }

    private static void column(BufferedImage image, Tensor pictures, int column, int side) {
        float[] values = Tensors.values(pictures);
        int plane = side * side;
        for (int i = 0; i < values.length / (3 * plane); i++) {
            for (int p = 0; p < plane; p++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    float value = values[(i * 3 + c) * plane + p];
                    rgb = rgb << 8 | Math.round(Math.clamp(value, 0, 1) * 255);
                }
                image.setRGB(column * (side + GAP) + p % side, i * (side + GAP) + p / side, rgb);
            }
        }
    }
}
