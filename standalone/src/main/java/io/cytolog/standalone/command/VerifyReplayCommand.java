// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.onnx.StopSignal;
import io.cytolog.serde.AvroDeserializer;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.log.Position;
import io.cytolog.standalone.log.TimeRange;
import io.cytolog.standalone.log.TopicScan;
import io.cytolog.standalone.log.TopicScan.Visitor;
import io.cytolog.standalone.remake.Remade;
import io.cytolog.standalone.remake.Remaker;
import io.cytolog.standalone.remake.Verdict;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes results again and compares. */
@Command(
        name = "verify-replay",
        description = {
            "Makes a range of results again, from the images that they were made from, under the release and",
            "the sentences that they name, and compares: identical, within tolerance (similarities to 0.0001,",
            "same finding), different, or not re-makable."
        },
        footer = {
            "",
            "The exit code is 0 only if nothing differs and everything could be made again."
        })
final class VerifyReplayCommand implements Callable<Integer>, Verbose {

    private static final int SHOWN = 20;

    @Mixin private Common common;
    @Mixin private ClusterOptions cluster;
    @Mixin private RangeOptions range;
    @Spec private CommandSpec spec;

    @Option(names = "--slide", paramLabel = "ID", description = "Only results of this slide.")
    private @Nullable String slide;

    @Option(
            names = "--release-dir",
            paramLabel = "DIR",
            description = {
                "A release that results name; may be repeated. The shipped one, the configured one and those",
                "announced below release.roots are found by themselves."
            })
    private List<Path> releases = List.of();

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "1",
            description = "Only one result in so many. Default: 1, all.")
    private int sample;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes a JSON object a line and result.")
    private @Nullable Path json;

    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private int shown;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (sample < 1) {
            throw new InvalidInputException("--sample=%d is not positive".formatted(sample));
        }
        TimeRange when = range.range();
        Cluster on = cluster.cluster().check();
        Thread worker = Thread.currentThread();
        try (StopSignal signal = StopSignal.on(worker::interrupt);
                EventSerdes serdes = on.serdes();
                Writer lines = json == null ? Writer.nullWriter() : Files.newBufferedWriter(json);
                PrintWriter out = new PrintWriter(lines)) {
            verify(on, serdes, when, remade -> tell(remade, out));
            summarise();
            return signal.exitCode().orElse(exitCode());
        }
    }

    private void verify(
            Cluster on,
            EventSerdes serdes,
            TimeRange when,
            java.util.function.Consumer<Remade> listener)
            throws InterruptedException {
        Topic<ImageAnnotated> topic = on.topic(Topics.IMAGES_ANNOTATED);
        AvroDeserializer<ImageAnnotated> reader = serdes.deserializer(topic);
        try (Remaker remaker = new Remaker(on, serdes, releases, listener);
                TopicScan scan = TopicScan.of(on, topic, when);
                Progress progress =
                        new Progress(
                                "making again",
                                Math.max(1, scan.total()),
                                Terminal.detected(),
                                System.err)) {
            int[] seen = {0};
            Visitor<InterruptedException> each =
                    record -> {
                        ImageAnnotated result = reader.deserialize(record.topic(), record.value());
                        boolean meant =
                                slide == null || slide.equals(result.getOrigin().getSlide());
                        if (meant && seen[0]++ % sample == 0) {
                            remaker.remake(
                                    result, new Position(record.partition(), record.offset()));
                        }
                    };
            scan.forEach(each, done -> progress.at(done, ""));
            remaker.finish();
        }
    }

    private void tell(Remade remade, PrintWriter lines) {
        counts.merge(remade.verdict(), 1, Integer::sum);
        lines.println(JsonLines.line(fields(remade)));
        boolean bad =
                remade.verdict() == Verdict.DIFFERENT || remade.verdict() == Verdict.NOT_REMAKABLE;
        if (bad && ++shown <= SHOWN) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    "%s %s %s (%s): %s%n",
                    remade.position(),
                    remade.resultId().substring(0, Math.min(12, remade.resultId().length())),
                    name(remade.verdict()),
                    remade.sourceName(),
                    String.join("; ", remade.reasons()));
            out.flush();
        }
    }

    private void summarise() {
        PrintWriter out = spec.commandLine().getOut();
        if (shown > SHOWN) {
            out.printf(
                    "... and %,d more%s%n", shown - SHOWN, json == null ? "" : "; all in " + json);
        }
        out.printf(
                "%,d results: %,d identical, %,d within tolerance, %,d different, %,d not re-makable%n",
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                count(Verdict.IDENTICAL),
                count(Verdict.WITHIN_TOLERANCE),
                count(Verdict.DIFFERENT),
                count(Verdict.NOT_REMAKABLE));
        out.flush();
    }

    private int exitCode() {
        boolean fine = count(Verdict.DIFFERENT) == 0 && count(Verdict.NOT_REMAKABLE) == 0;
        return fine ? Cytolog.DONE : Cytolog.FAILED;
    }

    private int count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    private static Map<String, Object> fields(Remade remade) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("resultId", remade.resultId());
        fields.put("position", remade.position());
        fields.put("slide", remade.slide());
        fields.put("sourceName", remade.sourceName());
        fields.put("releaseId", remade.releaseId());
        fields.put("bankVersion", remade.bankVersion());
        fields.put("verdict", name(remade.verdict()));
        fields.put("reasons", remade.reasons());
        return fields;
    }

    private static String name(Verdict verdict) {
        return switch (verdict) {
            case IDENTICAL -> "identical";
            case WITHIN_TOLERANCE -> "within tolerance";
            case DIFFERENT -> "different";
            case NOT_REMAKABLE -> "not re-makable";
        };
    }
}
