// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.circle;

import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Backgrounds that are brought to one grey. */
class WhiteBalanceTest {

    private static final int SIDE = 96;

    @BeforeAll
    static void ready() {
        OpenCv.ready();
    }

    @Test
    void oneCellUnderTwoLightsComesToTheSamePixels() {
        // Given: a cell under white light, and under one with four fifths of the blue
        try (Mat white = cell(240, 240, 240, 180, 90, 120);
                Mat yellow = cell(192, 240, 240, 144, 90, 120)) {
            // When
            WhiteBalance.apply(white, 230);
            WhiteBalance.apply(yellow, 230);

            // Then
            assertThat(pixel(white, 2, 2)).containsExactly(230, 230, 230);
            assertThat(pixel(yellow, 2, 2)).containsExactly(230, 230, 230);
            int[] cell = pixel(white, SIDE / 2, SIDE / 2);
            int[] same = pixel(yellow, SIDE / 2, SIDE / 2);
            for (int c = 0; c < 3; c++) {
                assertThat(same[c]).isCloseTo(cell[c], within(1));
            }
            assertThat(cell[1]).isEqualTo(Math.round(90 * 230 / 240f));
        }
    }

    @Test
    void leavesACellOnBlackAlone() {
        try (Mat cutOut = cell(0, 0, 0, 180, 90, 120)) {
            WhiteBalance.apply(cutOut, 230);
            assertThat(pixel(cutOut, SIDE / 2, SIDE / 2)).containsExactly(180, 90, 120);
        }
    }

    @Test
    void leavesAPictureWithoutBackgroundAlone() {
        try (Mat dark = cell(90, 60, 80, 180, 40, 70)) {
            WhiteBalance.apply(dark, 230);
            assertThat(pixel(dark, 2, 2)).containsExactly(90, 60, 80);
        }
    }

    @Test
    void aFewPixelsOfGlareAreNotTakenForBackground() {
        try (Mat picture = cell(200, 200, 200, 150, 60, 100)) {
            try (Mat glare = new Mat(picture, new Rect(0, 0, 8, 8));
                    Mat light = new Mat(8, 8, CV_8UC3, new Scalar(255, 255, 255, 0))) {
                light.copyTo(glare);
            }
            WhiteBalance.apply(picture, 230);
            assertThat(pixel(picture, 2, SIDE / 2)).containsExactly(230, 230, 230);
        }
    }

    /** A disc on a background, in blue, green and red. */
    private static Mat cell(int b, int g, int r, int cellB, int cellG, int cellR) {
        Mat picture = new Mat(SIDE, SIDE, CV_8UC3, new Scalar(b, g, r, 0));
        try (Point centre = new Point(SIDE / 2, SIDE / 2);
                Scalar colour = new Scalar(cellB, cellG, cellR, 0)) {
            circle(picture, centre, SIDE / 4, colour, FILLED, LINE_8, 0);
        }
        return picture;
    }

    private static int[] pixel(Mat picture, int x, int y) {
        try (UByteIndexer pixels = picture.createIndexer()) {
            return new int[] {pixels.get(y, x, 0), pixels.get(y, x, 1), pixels.get(y, x, 2)};
        }
    }
}
