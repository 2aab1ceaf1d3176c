// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens sessions on the device that a policy asks for. A GPU is found by trying: the runtime lists
 * its provider wherever the build has it, with or without a GPU. Safe for any thread; what could
 * not be had once is not tried again, so that a swap of releases does not wait for it.
 */
public final class SessionOpener {

    /** Is told what an operator should know. */
    @FunctionalInterface
    interface Notes {
        void say(Level level, String line);
    }

    private static final PixelBatch TRIAL = new PixelBatch(1, 1);

    private final SessionPolicy policy;
    private final ProviderRegistration registration;
    private final Notes notes;
    private final ComposedModels models = new ComposedModels();
    private volatile int first;

    public SessionOpener(SessionPolicy policy) {
        this(
                policy,
                ProviderRegistration.RUNTIME,
                (level, line) -> System.getLogger(SessionOpener.class.getName()).log(level, line));
    }

    SessionOpener(SessionPolicy policy, ProviderRegistration registration, Notes notes) {
        this.policy = policy;
        this.registration = registration;
        this.notes = notes;
    }

    /** Models that its sessions share. */
    ComposedModels models() {
        return models;
    }

    /** Sessions on the CPU. */
    public static SessionOpener cpu(InferenceThreads threads) {
        return new SessionOpener(SessionPolicy.cpu(threads));
    }

    /**
     * What keeps a device that was asked for from being used, with the remedy; empty when it works
     * or when the choice is free. Opens and closes a session of one node.
     */
    public Optional<String> fault() {
        if (policy.device().kind() != InferenceDevice.Kind.CUDA) {
            return Optional.empty();
        }
        Provider provider = policy.providers().getFirst();
        try {
            opened(provider, trialModel(), Map.of(), TRIAL).close();
            return Optional.empty();
        } catch (OrtException | LinkageError e) {
            return Optional.of(
                    "inference.device=%s cannot be used through %s: %s; %s, or set inference.device=auto"
                            .formatted(
                                    policy.device(),
                                    provider.display(),
                                    firstLine(e),
                                    remedy(provider)));
        }
    }

    /**
     * @param weights what the model declares and does not hold; to be kept as long as the session
     */
    OrtSession open(byte[] model, Map<String, ? extends OnnxTensorLike> weights, PixelBatch batch)
            throws OrtException {
        List<Provider> providers = policy.providers();
        List<Throwable> failures = new ArrayList<>();
        for (int place = first; ; place++) {
            try {
                OrtSession session = opened(providers.get(place), model, weights, batch);
                tell(providers, place, failures);
                first = place;
                return session;
            } catch (OrtException | LinkageError e) {
                if (place == providers.size() - 1) {
                    throw e;
                }
                failures.add(e);
            }
        }
    }

    /** One line for each provider that was passed over; routine where the build has no GPUs. */
    private void tell(List<Provider> providers, int chosen, List<Throwable> failures) {
        for (int i = 0; i < failures.size(); i++) {
            Provider missed = providers.get(chosen - failures.size() + i);
            notes.say(
                    missed.isBuiltIn() ? Level.WARNING : Level.INFO,
                    "inference.device=%s: %s cannot be used, %s computes: %s; %s, or set inference.device=cpu"
                            .formatted(
                                    policy.device(),
                                    missed.display(),
                                    providers.get(chosen).display(),
                                    firstLine(failures.get(i)),
                                    remedy(missed)));
        }
    }

    private static String remedy(Provider provider) {
        if (!provider.isBuiltIn()) {
            return "build with -Pgpu";
        }
        return switch (provider) {
            case CPU -> "fetch the release again";
            case CUDA ->
                    "check the driver with nvidia-smi and that CUDA 12 and cuDNN 9 are installed";
            case TENSORRT -> "check that TensorRT 10 is installed or set inference.tensorrt=false";
        };
    }

    private OrtSession opened(
            Provider provider,
            byte[] model,
            Map<String, ? extends OnnxTensorLike> weights,
            PixelBatch batch)
            throws OrtException {
        return Sessions.open(
                model,
                policy.threads(),
                weights,
                options -> registration.add(options, provider, policy, batch));
    }

    private static byte[] trialModel() {
        GraphBuilder graph = new GraphBuilder("trial");
        String x = graph.input("x", TensorProto.DataType.FLOAT, 1);
        graph.output(graph.node("Neg", List.of(x)), "y", 1);
        return graph.model();
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no detail");
    }
}
