// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** OpenCV before its first use. Safe for any thread. */
public final class OpenCv {

    static {
        NativeLibraries.load(
                List.of(opencv_core.class, opencv_imgcodecs.class, opencv_imgproc.class));
        opencv_core.setNumThreads(1);
    }

    private OpenCv() {}

    /** Loads it, with one thread an operation: work is shared out by cells. */
    public static void ready() {
        // Once, when the class is initialised.
    }
}
