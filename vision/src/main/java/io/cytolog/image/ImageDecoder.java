// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYDEPTH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes an admitted file with OpenCV into 8-bit colour. Orientation tags are ignored, so that
 * boxes are in pixels of the file as it is stored. Stateless and safe for any thread.
 */
public final class ImageDecoder {

    private static final double SIXTEEN_TO_EIGHT_BIT = 255.0 / 65_535.0;

    public ImageDecoder() {
        OpenCv.ready();
    }

    /**
     * Decodes a file whole.
     *
     * @param header what the gate read from the same bytes
     * @return the pixels; the caller closes them
     * @throws RejectedImageException when the file cannot be decoded or its pixels differ in size
     *     from its header
     */
    public PixelImage decode(ImageBytes bytes, ImageHeader header) throws RejectedImageException {
        return decode(bytes, header, 1);
    }

    /**
     * Decodes a JPEG smaller, which leaves out part of its inverse transform.
     *
     * @param header what the gate read from the same bytes
     * @param reduction 1, 2, 4 or 8 pixels of the file to one decoded, a side; 1 for another format
     * @return the pixels; the caller closes them
     * @throws RejectedImageException when the file cannot be decoded or its pixels differ in size
     *     from its header
     */
    public PixelImage decode(ImageBytes bytes, ImageHeader header, int reduction)
            throws RejectedImageException {
        Mat decoded = decoded(bytes, flags(reduction));
        if (decoded.empty()) {
            decoded.close();
            throw corrupt("the %s cannot be decoded; send the image again", header);
        }
        if (decoded.cols() != Math.ceilDiv(header.width(), reduction)
                || decoded.rows() != Math.ceilDiv(header.height(), reduction)) {
            decoded.close();
            throw corrupt("the %s decodes to another size than its header states", header);
        }
        if (header.format() == ImageFormat.JPEG && GreyFill.found(bytes, decoded)) {
            decoded.close();
            throw rejected(
                    RejectionReason.TRUNCATED,
                    "the %s ends before its pixels do; send the image again",
                    header);
        }
        return new PixelImage(eightBit(decoded), header.width(), header.height(), reduction);
    }

    private static Mat decoded(ImageBytes bytes, int flags) throws RejectedImageException {
        try (BytePointer data = new BytePointer(bytes.array());
                Mat file = new Mat(1, bytes.length(), opencv_core.CV_8UC1, data)) {
            return imdecode(file, flags);
        } catch (RuntimeException e) {
            throw new RejectedImageException(
                    RejectionStage.DECODE,
                    RejectionReason.CORRUPT,
                    "the decoder gave up on the file; send the image again");
        }
    }

    private static int flags(int reduction) {
        int colour =
                switch (reduction) {
                    case 1 -> IMREAD_COLOR | IMREAD_ANYDEPTH;
                    case 2 -> IMREAD_REDUCED_COLOR_2;
                    case 4 -> IMREAD_REDUCED_COLOR_4;
                    case 8 -> IMREAD_REDUCED_COLOR_8;
                    default ->
                            throw new IllegalArgumentException(
                                    "a reduction of %d; give 1, 2, 4 or 8".formatted(reduction));
                };
        return colour | IMREAD_IGNORE_ORIENTATION;
    }

    private static Mat eightBit(Mat decoded) {
        if (decoded.depth() == opencv_core.CV_8U) {
            return decoded;
        }
        try (decoded) {
            Mat eight = new Mat();
            double scale = decoded.depth() == opencv_core.CV_16U ? SIXTEEN_TO_EIGHT_BIT : 255.0;
            decoded.convertTo(eight, opencv_core.CV_8U, scale, 0);
            return eight;
        }
    }

    private static RejectedImageException corrupt(String message, ImageHeader header) {
        return rejected(RejectionReason.CORRUPT, message, header);
    }

    private static RejectedImageException rejected(
            RejectionReason reason, String message, ImageHeader header) {
        String image =
                "%s of %d x %d px".formatted(header.format(), header.width(), header.height());
        return new RejectedImageException(RejectionStage.DECODE, reason, message.formatted(image));
    }
}
