// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

/** What computes a graph; each falls back on the CPU for operators that it does not have. */
enum Provider {
    CPU("the CPU"),
    CUDA("CUDA"),
    /** TensorRT, then CUDA for what it does not take. */
    TENSORRT("TensorRT");

    private final String display;

    Provider(String display) {
        this.display = display;
    }

    String display() {
        return display;
    }
}
