// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.cytolog.onnx.StopSignal;
import io.cytolog.standalone.Faults;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.WorkFolder;
import io.cytolog.standalone.chaos.Chaos;
import io.cytolog.standalone.chaos.ChaosListener;
import io.cytolog.standalone.chaos.ChaosSettings;
import io.cytolog.standalone.chaos.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.LogManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows that nothing is lost and nothing comes twice, whatever breaks. */
@Command(
        name = "chaos",
        description = {
            "Feeds numbered images to several instances of the stream and breaks things at random moments:",
            "instances are killed, stopped, added, frozen, their sessions stall and fail, the broker stops and",
            "crashes. Then counts the committed results by a path of its own: each image exactly once, in order."
        },
        footer = {
            "",
            "The same seed gives the same faults in the same order. The exit code is 0 only if the verdict holds;",
            "with --control, which takes the commit barrier away, only if the loss was seen."
        })
final class ChaosCommand implements Callable<Integer>, Verbose {

    private static final long PROGRESS_NANOS = 10_000_000_000L;

    @Mixin private Common common;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "30",
            description = "Instances killed; of the other faults come some with them. Default: 30.")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the plan of faults. Default: another one each time; it is printed.")
    private Long seed;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "3",
            description = "Instances at the start. Default: 3.")
    private int instances;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of every topic. Default: 4.")
    private int partitions;

    @Option(
            names = "--images-per-second",
            paramLabel = "N",
            defaultValue = "60",
            description = "Images published a second. Default: 60.")
    private int perSecond;

    @Option(
            names = "--control",
            description =
                    "Kills only, on a stream without the commit barrier: images must be lost.")
    private boolean control;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = {
                "For chaos.json, faults.log and the logs of the processes.",
                "Default: out/chaos in the project's folder."
            })
    private Path out;

    private final AtomicBoolean stopped = new AtomicBoolean();

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path results = (out == null ? ReleaseFolder.home().resolve("out/chaos") : out);
        results = results.toAbsolutePath().normalize();
        new Faults()
                .check(() -> within("--kills", kills, 1, 10_000))
                .check(() -> within("--instances", instances, 1, 32))
                .check(() -> within("--partitions", partitions, 1, 256))
                .check(() -> within("--images-per-second", perSecond, 1, 10_000))
                .refuse();
        System.setProperty("cytolog.log", results.resolve("harness.log").toString());
        Files.createDirectories(results);
        LogManager.getLogManager().reset();
        long planned = seed == null ? Clock.systemUTC().millis() % 1_000_000 : seed;
        System.out.printf("seed %d, logs in %s%n", planned, results);
        Reporter reporter = new Reporter(System.out);
        try (WorkFolder work = WorkFolder.create("cytolog-chaos");
                StopSignal signal = StopSignal.on(() -> stopped.set(true))) {
            ChaosSettings settings =
                    new ChaosSettings(
                            instances, partitions, perSecond, control, work.path(), results);
            Verdict verdict = Chaos.run(settings, planned, kills, reporter, stopped::get);
            write(results, verdict, reporter.lines());
            verdict.disorder().stream().limit(10).forEach(System.out::println);
            System.out.println(verdict.line());
            return signal.exitCode().orElse(verdict.holds() ? Cytolog.DONE : Cytolog.FAILED);
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidInputException(
                    "%s=%d is out of bounds; give %d to %d".formatted(name, value, least, most));
        }
    }

    private static void write(Path folder, Verdict verdict, List<String> lines) throws IOException {
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("chaos.json").toFile(), verdict);
        Files.write(folder.resolve("faults.log"), lines);
    }

    /** Prints each fault, and how far the run is every ten seconds. Owned by the run's thread. */
    private static final class Reporter implements ChaosListener {

        private final PrintStream out;
        private final List<String> lines = new ArrayList<>();
        private long lastProgress = System.nanoTime();

        private Reporter(PrintStream out) {
            this.out = out;
        }

        private List<String> lines() {
            return lines;
        }

        @Override
        public void event(String line) {
            String timed = LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + line;
            lines.add(timed);
            out.println(timed);
        }

        @Override
        public void progress(int published, int outcomes, int faultsDone, int faults) {
            if (System.nanoTime() - lastProgress > PROGRESS_NANOS) {
                lastProgress = System.nanoTime();
                out.printf(
                        "          %,d published, %,d outcomes committed, fault %d of %d%n",
                        published, outcomes, faultsDone, faults);
            }
        }
    }
}
