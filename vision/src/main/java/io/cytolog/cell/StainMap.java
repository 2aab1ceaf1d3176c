// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;

import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A smear as amounts of stain: optical density over the background, unmixed after Ruifrok and
 * Johnston (2001, Anal Quant Cytol Histol 23:291). It begins with ImageJ's Giemsa vectors; the
 * second one is then measured on the field's own red cells, whose colour differs from scanner to
 * scanner. Owned by the call that made it.
 */
final class StainMap implements AutoCloseable {

    private static final double[] METHYLENE_BLUE = {0.834750233, 0.513556283, 0.196330403};
    private static final double[] EOSIN = {0.092789, 0.954111, 0.283111};

    /** Romanowsky's purple as cameras see it: takes green and some red, leaves blue. */
    private static final double[] PURPLE = {0.2, 0.95, -0.2};

    /** Red cells that are nearer to methylene blue than 30 degrees are none. */
    private static final double MOST_ALIKE = 0.87;

    /** Share of the background's green that red cells leave. */
    private static final double DARKEST_RED_CELL = 0.55;

    private static final double FAINTEST_RED_CELLS = 0.08;
    private static final double FEWEST_RED_CELLS = 0.01;

    private final Mat density;
    private final Mat nuclear;
    private final Mat background;
    private final double[] redCells;

    private StainMap(Mat density, Mat nuclear, Mat background, double[] redCells) {
        this.density = density;
        this.nuclear = nuclear;
        this.background = background;
        this.redCells = redCells;
    }

    /**
     * Measures an 8-bit BGR image, which stays the caller's.
     *
     * @param leastNuclearStain least methylene blue of a nucleus, optical density
     */
    static StainMap of(Mat bgr, double leastNuclearStain) {
        try (Mat smooth = new Mat();
                Size kernel = new Size(3, 3)) {
            opencv_imgproc.GaussianBlur(bgr, smooth, kernel, 0.8);
            Mat background = bright(smooth);
            Mat density = density(smooth, background);
            double[] redCells = redCells(density, background, leastNuclearStain);
            Mat nuclear = projected(density, Unmixing.weights(METHYLENE_BLUE, redCells));
            return new StainMap(density, nuclear, background, redCells);
        }
    }

    /** Amount of methylene blue, which nuclei hold; float, one channel. */
    Mat nuclear() {
        return nuclear;
    }

    /** 255 where nothing is stained. */
    Mat background() {
        return background;
    }

    /**
     * What is stained otherwise than the red cells are: nuclei and most cytoplasm. The caller
     * closes it.
     */
    Mat purple() {
        return projected(density, Unmixing.weights(PURPLE, redCells));
    }

    /** Green's optical density, which every stain adds to. The caller closes it. */
    Mat green() {
        Mat green = new Mat();
        opencv_core.extractChannel(density, green, 1);
        return green;
    }

    /** Red's optical density, which eosin hardly adds to. The caller closes it. */
    Mat red() {
        Mat red = new Mat();
        opencv_core.extractChannel(density, red, 2);
        return red;
    }

    /** 255 where the nuclear stain is above a threshold; the caller closes it. */
    static Mat above(Mat stain, float threshold) {
        Mat mask = new Mat();
        opencv_imgproc.threshold(stain, mask, threshold, 255, opencv_imgproc.THRESH_BINARY);
        mask.convertTo(mask, CV_8U);
        return mask;
    }

    /**
     * Every stain absorbs green, so the brighter class of green is background. Nuclei are made no
     * darker than red cells first: else Otsu's two classes would be they and all the rest.
     */
    private static Mat bright(Mat bgr) {
        try (Mat green = new Mat()) {
            opencv_core.extractChannel(bgr, green, 1);
            try (Mat first = otsu(green)) {
                byte[] values = Planes.bytes(green);
                int white = commonest(values, Planes.bytes(first));
                int darkest = (int) Math.round(DARKEST_RED_CELL * white);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (byte) Math.max(values[i] & 0xFF, darkest);
                }
                Planes.put(values, green);
            }
            return otsu(green);
        }
    }

    private static Mat otsu(Mat green) {
        Mat bright = new Mat();
        opencv_imgproc.threshold(
                green, bright, 0, 255, opencv_imgproc.THRESH_BINARY | opencv_imgproc.THRESH_OTSU);
        return bright;
    }

    private static Mat density(Mat bgr, Mat background) {
        try (Mat table = new Mat(1, 256, CV_32FC3);
                Mat channel = new Mat()) {
            byte[] chosen = Planes.bytes(background);
            try (FloatIndexer entries = table.createIndexer()) {
                for (int c = 0; c < 3; c++) {
                    opencv_core.extractChannel(bgr, channel, c);
                    double white = Math.max(1, commonest(Planes.bytes(channel), chosen));
                    for (int value = 0; value < 256; value++) {
                        double absorbed = -Math.log(Math.max(1, value) / white);
                        entries.put(0, value, c, (float) absorbed);
                    }
                }
            }
            Mat density = new Mat();
            opencv_core.LUT(bgr, table, density);
            return density;
        }
    }

    /** The commonest value, told from sums of five neighbours. */
    private static int commonest(byte[] values, byte[] chosen) {
        long[] counts = new long[256];
        for (int i = 0; i < values.length; i++) {
            if (chosen[i] != 0) {
                counts[values[i] & 0xFF]++;
            }
        }
        int best = 255;
        long most = 0;
        for (int value = 2; value < 254; value++) {
            long sum = 0;
            for (int near = value - 2; near <= value + 2; near++) {
                sum += counts[near];
            }
            if (sum > most) {
                most = sum;
                best = value;
            }
        }
        return best;
    }

    /** Colour of the red cells in red, green, blue; eosin's where there are none. */
    private static double[] redCells(Mat density, Mat background, double leastNuclearStain) {
        try (Mat blue = projected(density, Unmixing.weights(METHYLENE_BLUE, EOSIN))) {
            byte[] unstained = Planes.bytes(background);
            float[] stain = Planes.floats(blue);
            float nuclear = StainThresholds.nuclear(stain, unstained, leastNuclearStain);
            byte[] red = new byte[stain.length];
            long count = 0;
            for (int i = 0; i < red.length; i++) {
                if (unstained[i] == 0 && stain[i] < nuclear) {
                    red[i] = (byte) 255;
                    count++;
                }
            }
            if (count < FEWEST_RED_CELLS * red.length) {
                return EOSIN;
            }
            try (Mat mask = Planes.of(red, density.cols());
                    Scalar mean = opencv_core.mean(density, mask)) {
                return plausible(new double[] {mean.get(2), mean.get(1), mean.get(0)});
            }
        }
    }

    private static double[] plausible(double[] colour) {
        double length = Math.sqrt(Unmixing.dot(colour, colour));
        if (length < FAINTEST_RED_CELLS) {
            return EOSIN;
        }
        double alike = Unmixing.dot(Unmixing.unit(colour), Unmixing.unit(METHYLENE_BLUE));
        return alike > MOST_ALIKE ? EOSIN : colour;
    }

    /** The sum of the densities under weights for red, green, blue. */
    private static Mat projected(Mat density, double[] weights) {
        try (Mat row = new Mat(1, 3, CV_32FC1)) {
            try (FloatIndexer cells = row.createIndexer()) {
                for (int c = 0; c < 3; c++) {
                    cells.put(0, c, (float) weights[2 - c]);
                }
            }
            Mat amount = new Mat();
            opencv_core.transform(density, amount, row);
            return amount;
        }
    }

    @Override
    public void close() {
        density.close();
        nuclear.close();
        background.close();
    }
}
