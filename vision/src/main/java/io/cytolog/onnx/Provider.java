// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;

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

    /** Whether the runtime was built with it; a GPU for it may be absent all the same. */
    boolean isBuiltIn() {
        return switch (this) {
            case CPU -> true;
            case CUDA -> OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
            case TENSORRT -> OrtEnvironment.getAvailableProviders().contains(OrtProvider.TENSOR_RT);
        };
    }
}
