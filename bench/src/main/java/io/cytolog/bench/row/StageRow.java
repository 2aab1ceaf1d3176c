// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.row;

import io.cytolog.app.Parts;
import io.cytolog.app.StreamSettings;
import io.cytolog.app.Wiring;
import io.cytolog.bench.workload.RowProcess;
import io.cytolog.bench.workload.RowSettings;
import io.cytolog.config.AppConfig;
import io.cytolog.topic.Topics;
import io.cytolog.topology.CytologTopology;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Cytolog up to a stage: a bare copy of bytes at first, then the real wiring with what comes after
 * the stage taken out through its seams. The variant names the stage.
 */
public final class StageRow {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private StageRow() {}

    public static void main(String[] arguments) {
        RowProcess.run(arguments, StageRow::start);
    }

    private static Closeable start(RowSettings settings) throws Exception {
        Stage stage = Stage.valueOf(settings.variant());
        AppConfig config = CytologRow.config(settings.withVariant(""));
        return stage == Stage.PASS_THROUGH ? copy(config) : wired(config, stage);
    }

    /** Bytes in, bytes out, under the stream's own settings. */
    private static Closeable copy(AppConfig config) {
        String prefix = config.topics().prefix();
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        Topics.IMAGES_CAPTURED.named(prefix).name(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .to(
                        Topics.IMAGES_ANNOTATED.named(prefix).name(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        KafkaStreams streams =
                new KafkaStreams(
                        builder.build(), new StreamsConfig(StreamSettings.streams(config)));
        streams.start();
        return () -> streams.close(LONGEST_START);
    }

    private static Closeable wired(AppConfig config, Stage stage) throws Exception {
        Wiring wiring = Wiring.of(config, parts(config, stage));
        wiring.start();
        if (!wiring.awaitRunning(LONGEST_START)) {
            throw new IOException("the stream is %s".formatted(wiring.state()));
        }
        return wiring::close;
    }

    private static Parts parts(AppConfig config, Stage stage) {
        Parts shipped = Parts.of(config);
        int threads = config.inference().threads();
        return switch (stage) {
            case PASS_THROUGH, SUMMARIES -> shipped;
            case GATE, MATCH -> shipped.shapedAs(CytologTopology::withoutSummaries);
            case RECIPE ->
                    shipped.shapedAs(CytologTopology::withoutSummaries)
                            .openedBy(ShortcutAnnotator.withoutSession(shipped.opener()));
            case SESSION ->
                    shipped.shapedAs(CytologTopology::withoutSummaries)
                            .openedBy(ShortcutAnnotator.withoutMatch(shipped.opener(), threads));
            case NO_BARRIER -> shipped.shapedAs(CytologTopology::withoutBarrier);
        };
    }
}
