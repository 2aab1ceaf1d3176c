// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import java.util.Map;
import java.util.TreeMap;

/** A session policy in the words of ONNX Runtime's providers for GPUs. */
final class GpuOptions {

    private GpuOptions() {}

    /** See the CUDA execution provider's documentation for the meaning of each. */
    static Map<String, String> cuda(SessionPolicy policy) {
        Map<String, String> options = new TreeMap<>();
        // Grow by what is asked, not by powers of two: beside other sessions memory is short.
        options.put("arena_extend_strategy", "kSameAsRequested");
        // The exhaustive search runs anew for every batch size.
        options.put("cudnn_conv_algo_search", "HEURISTIC");
        // TF32 keeps 10 bits: similarities would differ from the CPU's beyond the golden tolerance.
        options.put("use_tf32", "0");
        if (policy.memoryLimit() > 0) {
            options.put("gpu_mem_limit", Long.toString(policy.memoryLimit()));
        }
        return options;
    }

    /** One engine for every bucket of the batch size. */
    static Map<String, String> tensorRt(SessionPolicy policy, PixelBatch batch) {
        Map<String, String> options = new TreeMap<>();
        options.put("trt_fp16_enable", "0");
        options.put("trt_int8_enable", "0");
        options.put("trt_profile_min_shapes", shape(1, batch));
        options.put("trt_profile_opt_shapes", shape(batch.maxBatch(), batch));
        options.put("trt_profile_max_shapes", shape(batch.maxBatch(), batch));
        if (policy.memoryLimit() > 0) {
            options.put("trt_max_workspace_size", Long.toString(policy.memoryLimit()));
        }
        return options;
    }

    private static String shape(int cells, PixelBatch batch) {
        return "%s:%dx%dx%dx3".formatted(PixelBatch.INPUT, cells, batch.side(), batch.side());
    }
}
