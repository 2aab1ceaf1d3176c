// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decoded pixels, 8-bit BGR, in native memory. Owned by one thread at a time; whoever got it from
 * the decoder closes it.
 */
public final class PixelImage implements AutoCloseable {

    private final Mat bgr;

    /** Takes ownership of an 8-bit, three-channel BGR matrix. */
    public PixelImage(Mat bgr) {
        this.bgr = bgr;
    }

    public int width() {
        return bgr.cols();
    }

    public int height() {
        return bgr.rows();
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
