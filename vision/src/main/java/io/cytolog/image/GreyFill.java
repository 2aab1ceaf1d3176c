// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Tells a JPEG whose pixels end before its end marker: the decoder fills the rest with middle grey
 * and only warns, and OpenCV swallows the warning. Where the last corner is that grey, the JDK's
 * decoder is asked too, which passes warnings on; that costs time only for such pictures.
 */
final class GreyFill {

    private static final int CORNER = 8;
    private static final byte GREY = (byte) 128;
    private static final int COARSE = 16;

    private GreyFill() {}

    static boolean found(ImageBytes jpeg, Mat bgr) {
        return greyCorner(bgr) && warned(jpeg);
    }

    private static boolean greyCorner(Mat bgr) {
        int width = Math.min(CORNER, bgr.cols());
        int height = Math.min(CORNER, bgr.rows());
        try (Rect corner = new Rect(bgr.cols() - width, bgr.rows() - height, width, height);
                Mat view = new Mat(bgr, corner);
                Mat pixels = view.clone()) {
            byte[] values = new byte[width * height * 3];
            pixels.data().get(values);
            for (byte value : values) {
                if (value != GREY) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean warned(ImageBytes jpeg) {
        AtomicBoolean warned = new AtomicBoolean();
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg.array()))) {
            reader.addIIOReadWarningListener((source, warning) -> warned.set(true));
            reader.setInput(in, true, true);
            ImageReadParam coarse = reader.getDefaultReadParam();
            coarse.setSourceSubsampling(COARSE, COARSE, 0, 0);
            reader.read(0, coarse);
            return warned.get();
        } catch (IOException | RuntimeException e) {
            return true;
        } finally {
            reader.dispose();
        }
    }
}
