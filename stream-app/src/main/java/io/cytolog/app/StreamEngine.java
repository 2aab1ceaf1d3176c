// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.config.AppConfig;
import io.cytolog.content.ContentFetcher;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serving.Serving;
import io.cytolog.topology.BarrierPolicy;
import io.cytolog.topology.FlowListener;
import io.cytolog.topology.ImageIntake;
import io.cytolog.topology.InFlightBound;
import io.cytolog.topology.InFlightLimits;
import io.cytolog.topology.OutcomeMessages;
import io.cytolog.topology.ReplaceThread;
import io.cytolog.topology.StreamTopics;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Kafka Streams with its intake. One thread starts and closes it; any may ask for its state. */
final class StreamEngine implements AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

    private final ContentFetcher content;
    private final ImageIntake intake;
    private final KafkaStreams streams;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    StreamEngine(
            AppConfig config,
            EventSerdes serdes,
            Serving serving,
            Parts parts,
            FlowListener listener) {
        StreamTopics topics = StreamTopics.named(config.topics().prefix());
        OutcomeMessages messages = new OutcomeMessages(parts.clock());
        this.content = Content.of(config);
        this.intake =
                new ImageIntake(
                        serdes.readable(topics.captured()).deserializer(),
                        content,
                        serving,
                        messages,
                        config.decode().threads(),
                        new InFlightBound(limits(config), System::nanoTime, listener::heldChanged));
        Topology topology =
                parts.shape()
                        .of(
                                topics,
                                serdes,
                                intake,
                                messages,
                                new BarrierPolicy(config.barrier().timeout()),
                                listener);
        this.streams =
                new KafkaStreams(topology, new StreamsConfig(StreamSettings.streams(config)));
        streams.setUncaughtExceptionHandler(new ReplaceThread());
        streams.setStateListener((now, before) -> changed(now));
    }

    private static InFlightLimits limits(AppConfig config) {
        return new InFlightLimits(
                config.inFlight().maxBytes().bytes(),
                // What is in flight must be done before a commit gives up.
                config.barrier().timeout().dividedBy(2),
                config.inFlight().maxTime(),
                config.decode().threads() + 2 * config.inference().threads());
    }

    void start() {
        streams.start();
    }

    KafkaStreams.State state() {
        return streams.state();
    }

    boolean awaitRunning(Duration longest) throws InterruptedException {
        return running.await(longest.toNanos(), TimeUnit.NANOSECONDS)
                && state() == KafkaStreams.State.RUNNING;
    }

    void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    private void changed(KafkaStreams.State now) {
        if (now.hasCompletedShutdown()) {
            stopped.countDown();
        }
        if (now == KafkaStreams.State.RUNNING || now.hasCompletedShutdown()) {
            running.countDown();
        }
    }

    /**
     * Drains and commits what is in flight, and leaves the group so that others take over at once.
     */
    @Override
    public void close() {
        streams.close(
                CloseOptions.timeout(LONGEST_CLOSE)
                        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        intake.close();
        content.close();
        stopped.countDown();
    }
}
