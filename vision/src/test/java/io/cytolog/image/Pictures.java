// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.awt.image.BufferedImage;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures that the tests draw and encode for themselves. */
public final class Pictures {

    private Pictures() {}

    /** A colour picture that has a different value nearly everywhere; the same each time. */
    public static Mat colour(int width, int height) {
        Mat mat = new Mat(height, width, CV_8UC3);
        Random random = new Random(7);
        try (UByteIndexer pixels = mat.createIndexer()) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    pixels.put(y, x, 0, (x * 3 + random.nextInt(20)) & 0xFF);
                    pixels.put(y, x, 1, (y * 2 + random.nextInt(20)) & 0xFF);
                    pixels.put(y, x, 2, (x + y + random.nextInt(20)) & 0xFF);
                }
            }
        }
        return mat;
    }

    public static Mat grey(int width, int height) {
        Mat mat = new Mat(height, width, CV_8UC1);
        try (UByteIndexer pixels = mat.createIndexer()) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    pixels.put(y, x, (x + 2 * y) & 0xFF);
                }
            }
        }
        return mat;
    }

    /** Encodes with OpenCV and closes the picture. */
    public static byte[] encoded(Mat picture, String extension, int... settings) {
        try (picture;
                BytePointer out = new BytePointer();
                IntPointer parameters = new IntPointer(settings)) {
            if (!opencv_imgcodecs.imencode(extension, picture, out, parameters)) {
                throw new IllegalStateException("OpenCV cannot write " + extension);
            }
            byte[] bytes = new byte[(int) out.limit()];
            out.get(bytes);
            return bytes;
        }
    }

    public static byte[] jpeg(int width, int height) {
        return encoded(colour(width, height), ".jpg", opencv_imgcodecs.IMWRITE_JPEG_QUALITY, 95);
    }

    /** Red grows by one a pixel to the right, green by one downwards, over the middle 256 px. */
    public static byte[] slopedJpeg(int width, int height) {
        Mat mat = new Mat(height, width, CV_8UC3);
        try (UByteIndexer pixels = mat.createIndexer()) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    pixels.put(y, x, 0, 77);
                    pixels.put(y, x, 1, Math.clamp(y - (height - 256) / 2, 0, 255));
                    pixels.put(y, x, 2, Math.clamp(x - (width - 256) / 2, 0, 255));
                }
            }
        }
        return encoded(mat, ".jpg", opencv_imgcodecs.IMWRITE_JPEG_QUALITY, 98);
    }

    public static byte[] progressiveJpeg(int width, int height) {
        return encoded(
                colour(width, height),
                ".jpg",
                opencv_imgcodecs.IMWRITE_JPEG_QUALITY,
                95,
                opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE,
                1);
    }

    public static byte[] png(int width, int height) {
        return encoded(colour(width, height), ".png");
    }

    /**
     * @param compression of TIFF 6.0: 1 none, 5 LZW
     */
    public static byte[] tiff(int width, int height, int compression) {
        return encoded(
                colour(width, height),
                ".tif",
                opencv_imgcodecs.IMWRITE_TIFF_COMPRESSION,
                compression);
    }

    public static ImageHeader admit(byte[] bytes) throws RejectedImageException {
        return new ImageGate(ImageLimits.DEFAULT).admit(ImageBytes.wrap(bytes));
    }

    /** Gate and decode; the caller closes. */
    public static PixelImage decode(byte[] bytes) throws RejectedImageException {
        return new ImageDecoder().decode(ImageBytes.wrap(bytes), admit(bytes));
    }

    /** Takes the pixels of a drawn picture; the caller closes. */
    public static PixelImage of(BufferedImage drawn) {
        int width = drawn.getWidth();
        int height = drawn.getHeight();
        int[] argb = drawn.getRGB(0, 0, width, height, null, 0, width);
        byte[] bgr = new byte[argb.length * 3];
        for (int i = 0; i < argb.length; i++) {
            bgr[3 * i] = (byte) argb[i];
            bgr[3 * i + 1] = (byte) (argb[i] >> 8);
            bgr[3 * i + 2] = (byte) (argb[i] >> 16);
        }
        Mat mat = new Mat(height, width, CV_8UC3);
        mat.data().put(bgr);
        return new PixelImage(mat);
    }

    /** All values of an 8-bit matrix, row by row. */
    public static byte[] values(Mat mat) {
        try (Mat dense = mat.clone()) {
            byte[] values = new byte[(int) (dense.total() * dense.channels())];
            dense.data().get(values);
            return values;
        }
    }
}
