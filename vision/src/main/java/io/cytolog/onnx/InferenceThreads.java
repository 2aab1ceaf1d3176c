// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

/**
 * Threads of an ONNX Runtime session; always set, never inherited.
 *
 * @param intraOp threads that share one operator, 1 or more
 */
public record InferenceThreads(int intraOp) {

    public InferenceThreads {
        if (intraOp < 1 || intraOp > 256) {
            throw new IllegalArgumentException(
                    "inference.threads=%d is out of bounds; give 1 to 256".formatted(intraOp));
        }
    }
}
