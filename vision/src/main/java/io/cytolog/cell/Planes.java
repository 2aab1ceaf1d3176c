// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import static org.bytedeco.opencv.global.opencv_core.CV_32S;
import static org.bytedeco.opencv.global.opencv_core.CV_32SC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Carries one-channel planes, row by row, between OpenCV's matrices and Java's arrays. */
final class Planes {

    private Planes() {}

    static float[] floats(Mat plane) {
        float[] values = new float[plane.rows() * plane.cols()];
        try (FloatPointer data = new FloatPointer(plane.data())) {
            data.get(values);
        }
        return values;
    }

    static int[] ints(Mat plane) {
        int[] values = new int[plane.rows() * plane.cols()];
        try (IntPointer data = new IntPointer(plane.data())) {
            data.get(values);
        }
        return values;
    }

    static byte[] bytes(Mat plane) {
        byte[] values = new byte[plane.rows() * plane.cols()];
        try (BytePointer data = plane.data()) {
            data.get(values);
        }
        return values;
    }

    static Mat of(int[] values, int width) {
        Mat plane = new Mat(values.length / width, width, CV_32SC1);
        try (IntPointer data = new IntPointer(plane.data())) {
            data.put(values);
        }
        return plane;
    }

    static Mat of(byte[] values, int width) {
        Mat plane = new Mat(values.length / width, width, CV_8UC1);
        put(values, plane);
        return plane;
    }

    static void put(byte[] values, Mat plane) {
        try (BytePointer data = plane.data()) {
            data.put(values);
        }
    }

    /** Labels the connected pieces of what is not 0: 1 and up, 0 outside. */
    static int[] connected(byte[] mask, int width, int neighbours) {
        try (Mat plane = of(mask, width);
                Mat labels = new Mat()) {
            opencv_imgproc.connectedComponents(plane, labels, neighbours, CV_32S);
            return ints(labels);
        }
    }
}
