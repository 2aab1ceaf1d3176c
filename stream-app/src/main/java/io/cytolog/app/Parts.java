// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.cell.CellLocator;
import io.cytolog.cell.StainCellLocator;
import io.cytolog.config.AppConfig;
import io.cytolog.onnx.InferenceDevice;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.MeasuringAnnotator;
import io.cytolog.onnx.OnnxTextEncoder;
import io.cytolog.onnx.SessionOpener;
import io.cytolog.onnx.SessionPolicy;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.TrustedKeys;
import io.cytolog.serving.AnnotatorOpener;
import io.cytolog.serving.TextEncoderOpener;
import io.cytolog.topology.CytologTopology;
import io.cytolog.topology.FlowListener;
import io.cytolog.topology.TopologyShape;
import java.time.Clock;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the wiring does not choose itself, so that a program that embeds it, or a test, can.
 *
 * @param source reads the configured release
 * @param opener opens what annotates cells under a release
 * @param texts opens what encodes edited sentences for a release
 * @param locator makes what finds the cells of fields; asked once, while the rest starts
 * @param clock of the times in results
 * @param listener is told of results, beside the meters
 * @param shape puts the topology together
 */
public record Parts(
        ReleaseSource source,
        AnnotatorOpener opener,
        TextEncoderOpener texts,
        Supplier<CellLocator> locator,
        InstantSource clock,
        FlowListener listener,
        TopologyShape shape) {

    /** As shipped: the configured release on ONNX Runtime, cells found by their stain. */
    public static Parts of(AppConfig config) {
        InferenceThreads threads = new InferenceThreads(config.inference().threads());
        SessionOpener sessions = new SessionOpener(sessions(config));
        return new Parts(
                () ->
                        ReleaseReader.read(
                                config.release().path(),
                                TrustedKeys.read(config.release().trustedKeys())),
                (release, maxBatch) -> MeasuringAnnotator.open(release, maxBatch, sessions),
                release -> OnnxTextEncoder.open(release, threads),
                StainCellLocator::new,
                Clock.systemUTC(),
                FlowListener.NONE,
                CytologTopology::of);
    }

    /** How the configuration wants each session. */
    static SessionPolicy sessions(AppConfig config) {
        AppConfig.InferenceConfig inference = config.inference();
        SessionPolicy shared =
                new SessionPolicy(
                        new InferenceThreads(inference.threads()),
                        InferenceDevice.parse(inference.device()),
                        inference.memoryLimit().bytes(),
                        inference.tensorrt());
        return shared.mayUseGpu() ? shared : shared.with(new InferenceThreads(1));
    }

    /**
     * Sessions side by side. On a CPU one for each thread, since threads that share one wait for
     * each other; a GPU has one, whose fall-back on the CPU has all threads.
     */
    static int sideBySide(AppConfig config) {
        return sessions(config).mayUseGpu() ? 1 : config.inference().threads();
    }

    /** The same with another session. */
    public Parts openedBy(AnnotatorOpener other) {
        return new Parts(source, other, texts, locator, clock, listener, shape);
    }

    /** The same with another listener. */
    public Parts listeningAs(FlowListener other) {
        return new Parts(source, opener, texts, locator, clock, other, shape);
    }

    /** The same with another topology; every one but the shipped is an experiment. */
    public Parts shapedAs(TopologyShape other) {
        return new Parts(source, opener, texts, locator, clock, listener, other);
    }
}
