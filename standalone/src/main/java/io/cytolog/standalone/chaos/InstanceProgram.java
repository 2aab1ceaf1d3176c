// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.app.Parts;
import io.cytolog.app.Wiring;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.config.InvalidConfigException;
import io.cytolog.onnx.StopSignal;
import io.cytolog.topology.CytologTopology;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The stream-app as a process that can be told to stall and to fail: {@code InstanceProgram BROKER
 * REGISTRY RELEASE STATE SHAPE}. Lines on its standard input: {@code stall MILLIS}, {@code fail
 * RUNS}; on its standard output: {@code in-flight IMAGES} whenever that changes. The shape is
 * {@code barrier}, as shipped, or {@code control}.
 */
public final class InstanceProgram {

    static final String SHIPPED = "barrier";
    static final String CONTROL = "control";

    private static final Duration RUN = Duration.ofMillis(80);
    private static final int FAILED = 1;

    private InstanceProgram() {}

    public static void main(String[] arguments) throws Exception {
        // Standard output is for the harness alone.
        PrintStream out = System.out;
        System.setOut(System.err);
        AppConfig config =
                config(arguments[0], arguments[1], Path.of(arguments[2]), Path.of(arguments[3]));
        SessionFaults faults = new SessionFaults(RUN);
        InFlightReport report = InFlightReport.to(out);
        Parts parts = parts(config, faults).listeningAs(report);
        if (arguments[4].equals(CONTROL)) {
            parts = parts.shapedAs(CytologTopology::withoutBarrier);
        }
        Wiring wiring = Wiring.of(config, parts);
        Thread.ofPlatform().daemon().name("chaos-orders").start(() -> obey(faults));
        try (wiring;
                StopSignal _ = StopSignal.on(wiring::close)) {
            wiring.start();
            wiring.awaitStopped();
        }
        Runtime.getRuntime().halt(wiring.state() == KafkaStreams.State.ERROR ? FAILED : 0);
    }

    /**
     * A small instance. Its clients wait seconds for the broker where the defaults are a minute and
     * more, so that an outage of seconds passes all that they do when a wait is over.
     */
    public static AppConfig config(String broker, String registry, Path release, Path state)
            throws InvalidConfigException {
        return ConfigReader.ofDefaults()
                .with("kafka.bootstrap-servers", broker)
                .with(
                        "kafka.properties",
                        """
                        {session.timeout.ms: 6000, heartbeat.interval.ms: 500,
                        producer.max.block.ms: 6000, producer.request.timeout.ms: 5000,
                        producer.delivery.timeout.ms: 8000}\
                        """)
                .with("registry.url", registry)
                .with("release.path", release.toString())
                .with("streams.state-dir", state.toString())
                .with("inference.threads", "1")
                .with("batch.max-size", "16")
                .with("decode.threads", "1")
                .with("console.port", "0")
                .read();
    }

    /** The shipped parts with a session that obeys. */
    public static Parts parts(AppConfig config, SessionFaults faults) {
        Parts shipped = Parts.of(config);
        return shipped.openedBy(faults.around(shipped.opener()));
    }

    /** Until the harness is gone; then so is this process. */
    private static void obey(SessionFaults faults) {
        try (var in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "stall" -> faults.stall(Duration.ofMillis(Long.parseLong(words[1])));
                    case "fail" -> faults.fail(Integer.parseInt(words[1]));
                    default -> System.err.println("not understood: " + line);
                }
            }
        } catch (IOException e) {
            System.err.println("no more orders: " + e.getMessage());
        }
        Runtime.getRuntime().halt(FAILED);
    }
}
