// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.util.Map;

/** Adds a provider to a session's options; a seam, so that a GPU's absence can be tested. */
@FunctionalInterface
interface ProviderRegistration {

    /** The runtime's own. */
    ProviderRegistration RUNTIME =
            (options, provider, policy, batch) -> {
                switch (provider) {
                    case CPU -> {}
                    case CUDA -> addCuda(options, policy);
                    case TENSORRT -> {
                        addTensorRt(options, policy, batch);
                        addCuda(options, policy);
                    }
                }
            };

    void add(SessionOptions options, Provider provider, SessionPolicy policy, PixelBatch batch)
            throws OrtException;

    private static void addCuda(SessionOptions options, SessionPolicy policy) throws OrtException {
        try (var cuda = new OrtCUDAProviderOptions(policy.device().number())) {
            for (Map.Entry<String, String> option : GpuOptions.cuda(policy).entrySet()) {
                cuda.add(option.getKey(), option.getValue());
            }
            options.addCUDA(cuda);
        }
    }

    private static void addTensorRt(SessionOptions options, SessionPolicy policy, PixelBatch batch)
            throws OrtException {
        try (var tensorRt = new OrtTensorRTProviderOptions(policy.device().number())) {
            for (Map.Entry<String, String> option : GpuOptions.tensorRt(policy, batch).entrySet()) {
                tensorRt.add(option.getKey(), option.getValue());
            }
            options.addTensorrt(tensorRt);
        }
    }
}
