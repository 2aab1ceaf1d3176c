// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import java.util.List;

/**
 * How sessions are opened.
 *
 * @param threads of one session
 * @param memoryLimit most bytes that a session's arena takes on a GPU; 0 leaves it to the runtime
 * @param tensorRt whether a GPU computes through TensorRT
 */
public record SessionPolicy(
        InferenceThreads threads, InferenceDevice device, long memoryLimit, boolean tensorRt) {

    public SessionPolicy {
        if (memoryLimit < 0) {
            throw new IllegalArgumentException(
                    "inference.memory-limit=%dB is negative; give 0B or more"
                            .formatted(memoryLimit));
        }
    }

    /** Whether a GPU may come of it: it is asked for, or tried and the runtime knows one. */
    public boolean mayUseGpu() {
        return device.kind() == InferenceDevice.Kind.CUDA
                || providers().stream().anyMatch(p -> p != Provider.CPU && p.isBuiltIn());
    }

    /** The same with other threads. */
    public SessionPolicy with(InferenceThreads other) {
        return new SessionPolicy(other, device, memoryLimit, tensorRt);
    }

    /** On the CPU. */
    public static SessionPolicy cpu(InferenceThreads threads) {
        return new SessionPolicy(threads, InferenceDevice.CPU, 0, false);
    }

    /** What is tried, the best first; a device that was asked for has no second. */
    List<Provider> providers() {
        Provider gpu = tensorRt ? Provider.TENSORRT : Provider.CUDA;
        return switch (device.kind()) {
            case CPU -> List.of(Provider.CPU);
            case CUDA -> List.of(gpu);
            case AUTO ->
                    tensorRt
                            ? List.of(gpu, Provider.CUDA, Provider.CPU)
                            : List.of(gpu, Provider.CPU);
        };
    }
}
