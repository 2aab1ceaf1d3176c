// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.Map;

/** Opens ONNX Runtime sessions the way this project runs them. */
final class Sessions {

    private Sessions() {}

    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "cytolog");
    }

    /** Adds a provider other than the CPU. */
    @FunctionalInterface
    interface Placement {
        void on(OrtSession.SessionOptions options) throws OrtException;
    }

    /** A CPU session: own threads, no spinning, no memory patterns (batch sizes vary). */
    static OrtSession open(byte[] model, InferenceThreads threads) throws OrtException {
        return open(model, threads, Map.of(), options -> {});
    }

    /**
     * @param weights what the model declares and does not hold; to be kept as long as the session
     */
    static OrtSession open(
            byte[] model,
            InferenceThreads threads,
            Map<String, ? extends OnnxTensorLike> weights,
            Placement placement)
            throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads.intraOp());
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setMemoryPatternOptimization(false);
            options.setDeterministicCompute(true);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            placement.on(options);
            if (!weights.isEmpty()) {
                options.addExternalInitializers(Map.copyOf(weights));
            }
            return environment().createSession(model, options);
        }
    }
}
