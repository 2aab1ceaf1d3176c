// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.cytolog.onnx.StopSignal;
import io.cytolog.standalone.Faults;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.TinyRelease;
import io.cytolog.standalone.WorkFolder;
import io.cytolog.standalone.chaos.Chaos;
import io.cytolog.standalone.chaos.ChaosSettings;
import io.cytolog.standalone.chaos.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

    private static final int USUAL_KILLS = 30;

    /** More than can be done, so that the time ends the run and not the plan. */
    private static final int MOST_KILLS_A_MINUTE = 30;

    @Mixin private Common common;

    @Option(
            names = "--kills",
            paramLabel = "N",
            description = "Instances killed; of the other faults come some with them. Default: 30.")
    private Integer kills;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "Break things for so long, whatever number of kills that is.")
    private Integer minutes;

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
            names = "--longest-pause",
            paramLabel = "SECONDS",
            defaultValue = "8",
            description = "Between two faults. Default: 8.")
    private int longestPause;

    @Option(
            names = "--control",
            description =
                    "The same faults on a stream without the commit barrier: images must be lost.")
    private boolean control;

    @Option(
            names = "--release",
            paramLabel = "DIR",
            description = "Release that the instances serve. Default: a tiny one made for the run.")
    private Path release;

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
        check();
        Path results = (out == null ? ReleaseFolder.home().resolve("out/chaos") : out);
        results = results.toAbsolutePath().normalize();
        System.setProperty("cytolog.log", results.resolve("harness.log").toString());
        Files.createDirectories(results);
        LogManager.getLogManager().reset();
        long planned = seed == null ? Clock.systemUTC().millis() % 1_000_000 : seed;
        System.out.printf("seed %d, logs in %s%n", planned, results);
        ChaosReport reporter = new ChaosReport(System.out);
        try (WorkFolder work = WorkFolder.create("cytolog-chaos");
                StopSignal signal = StopSignal.on(() -> stopped.set(true))) {
            Verdict verdict =
                    Chaos.run(settings(work.path(), results), planned, reporter, stopped::get);
            write(results, verdict, reporter.lines());
            verdict.disorder().stream().limit(10).forEach(System.out::println);
            System.out.printf(
                    "%d of %d kills found images in flight; ended by themselves: %d; late stops: %d%n",
                    verdict.loadedKills(),
                    verdict.faults().getOrDefault("kills", 0),
                    verdict.restarts(),
                    verdict.lateStops());
            System.out.println(verdict.line());
            return signal.exitCode().orElse(verdict.holds() ? Cytolog.DONE : Cytolog.FAILED);
        }
    }

    private void check() {
        new Faults()
                .check(() -> within("--kills", kills == null ? USUAL_KILLS : kills, 1, 10_000))
                .check(() -> within("--minutes", minutes == null ? 1 : minutes, 1, 10_000))
                .check(() -> within("--instances", instances, 1, 32))
                .check(() -> within("--partitions", partitions, 1, 256))
                .check(() -> within("--images-per-second", perSecond, 1, 10_000))
                .check(() -> within("--longest-pause", longestPause, 1, 600))
                .check(this::checkEither)
                .refuse();
    }

    private void checkEither() {
        if (kills != null && minutes != null) {
            throw new InvalidInputException(
                    "--kills and --minutes both say when to end; give one of them");
        }
    }

    private ChaosSettings settings(Path work, Path results) throws IOException {
        boolean timed = minutes != null;
        int planned = kills == null ? USUAL_KILLS : kills;
        return new ChaosSettings(
                timed ? MOST_KILLS_A_MINUTE * minutes : planned,
                timed ? Duration.ofMinutes(minutes) : Duration.ofDays(365),
                Duration.ofSeconds(longestPause),
                instances,
                partitions,
                perSecond,
                control,
                served(work),
                work,
                results);
    }

    private Path served(Path work) throws IOException {
        if (release != null) {
            ReleaseFolder.read(release);
            return release.toAbsolutePath().normalize();
        }
        Path tiny = work.resolve("release");
        TinyRelease.write(tiny);
        return tiny;
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
}
