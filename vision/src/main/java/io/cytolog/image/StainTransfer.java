// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.countNonZero;
import static org.bytedeco.opencv.global.opencv_core.extractChannel;
import static org.bytedeco.opencv.global.opencv_core.insertChannel;
import static org.bytedeco.opencv.global.opencv_core.meanStdDev;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2Lab;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_Lab2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.THRESH_BINARY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.threshold;

import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Brings a cell's colours to a {@link StainTarget}. Stateless. */
public final class StainTransfer {

    /** What is darker than this in L, of 255, is the black around a cell that was cut out. */
    private static final double BLACK = 12;

    /** With fewer pixels that are not black, there is nothing to measure. */
    private static final double LEAST_SHARE = 0.1;

    /** A flat channel is not spread further than so many times. */
    private static final double MOST_SPREAD = 2.5;

    private static final double LEAST_DEVIATION = 1e-3;

    /** Mean and deviation of L, a and b over what is not black. */
    public record Colours(double[] means, double[] deviations) {}

    private StainTransfer() {}

    /**
     * @param bgr 8 bits, three channels
     * @return empty where nearly all is black
     */
    public static Optional<Colours> measure(Mat bgr) {
        try (Mat lab = new Mat()) {
            cvtColor(bgr, lab, COLOR_BGR2Lab);
            return measureLab(lab);
        }
    }

    /** The same of a cell as the encoder takes it. */
    public static Optional<Colours> measure(CellPixels cell) {
        try (BytePointer rgb = new BytePointer(cell.rgb());
                Mat view = new Mat(cell.side(), cell.side(), CV_8UC3, rgb);
                Mat bgr = new Mat()) {
            cvtColor(view, bgr, COLOR_RGB2BGR);
            return measure(bgr);
        }
    }

    /** Changes the pixels in place; leaves them alone where there is nothing to measure. */
    static void apply(Mat bgr, StainTarget target) {
        try (Mat lab = new Mat();
                Mat mask = new Mat()) {
            cvtColor(bgr, lab, COLOR_BGR2Lab);
            Optional<Colours> own = measureLab(lab);
            if (own.isEmpty()) {
                return;
            }
            notBlack(lab, mask);
            for (int c = 0; c < 3; c++) {
                transfer(lab, mask, c, own.get(), target);
            }
            cvtColor(lab, bgr, COLOR_Lab2BGR);
        }
    }

    private static void transfer(Mat lab, Mat mask, int c, Colours own, StainTarget target) {
        double deviation = Math.max(LEAST_DEVIATION, own.deviations()[c]);
        double spread = Math.min(MOST_SPREAD, target.deviations().get(c) / deviation);
        double shift = target.means().get(c) - spread * own.means()[c];
        try (Mat channel = new Mat();
                Mat moved = new Mat()) {
            extractChannel(lab, channel, c);
            channel.convertTo(moved, -1, spread, shift);
            moved.copyTo(channel, mask);
            insertChannel(channel, lab, c);
        }
    }

    private static Optional<Colours> measureLab(Mat lab) {
        try (Mat mask = new Mat();
                Mat mean = new Mat();
                Mat deviation = new Mat()) {
            notBlack(lab, mask);
            if (countNonZero(mask) < LEAST_SHARE * lab.rows() * lab.cols()) {
                return Optional.empty();
            }
            meanStdDev(lab, mean, deviation, mask);
            return Optional.of(new Colours(values(mean), values(deviation)));
        }
    }

    private static void notBlack(Mat lab, Mat mask) {
        extractChannel(lab, mask, 0);
        threshold(mask, mask, BLACK, 255, THRESH_BINARY);
    }

    private static double[] values(Mat column) {
        double[] values = new double[3];
        try (DoubleIndexer indexer = column.createIndexer()) {
            for (int c = 0; c < values.length; c++) {
                values[c] = indexer.get(c, 0);
            }
        }
        return values;
    }
}
