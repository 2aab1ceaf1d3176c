// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decoded pixels, 8-bit BGR, in native memory. Owned by one thread at a time; whoever got it from
 * the decoder closes it.
 */
public final class PixelImage implements AutoCloseable {

    private final Mat bgr;
    private final int width;
    private final int height;
    private final int reduction;

    /** Takes ownership of an 8-bit, three-channel BGR matrix. */
    public PixelImage(Mat bgr) {
        this(bgr, bgr.cols(), bgr.rows(), 1);
    }

    /**
     * Takes ownership of a matrix that holds an image smaller than its file does.
     *
     * @param width of the file, pixels
     * @param height of the file, pixels
     * @param reduction pixels of the file to one of the matrix, a side
     */
    PixelImage(Mat bgr, int width, int height, int reduction) {
        this.bgr = bgr;
        this.width = width;
        this.height = height;
        this.reduction = reduction;
    }

    /** Width of the file, pixels. */
    public int width() {
        return width;
    }

    /** Height of the file, pixels. */
    public int height() {
        return height;
    }

    /**
     * Pixels of the file to one of the matrix, a side; 1 but for cells of a recipe that allows it.
     */
    int reduction() {
        return reduction;
    }

    /** The matrix itself, for this module's OpenCV packages; still owned by this object. */
    public Mat bgr() {
        return bgr;
    }

    @Override
    public void close() {
        bgr.close();
    }

    @Override
    public String toString() {
        return "PixelImage[" + width() + "x" + height() + "]";
    }
}
