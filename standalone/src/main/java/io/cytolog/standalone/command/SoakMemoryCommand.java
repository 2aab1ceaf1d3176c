// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.config.InvalidConfigException;
import io.cytolog.onnx.StopSignal;
import io.cytolog.standalone.Faults;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.soak.MemorySettings;
import io.cytolog.standalone.soak.MemorySoak;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether memory stays bounded when far more comes than can be answered. */
@Command(
        name = "memory",
        description = {
            "Feeds the stream-app, in a process of its own with a small heap, ten times what its slowed",
            "session can answer; half of the images come inline, half by claim check."
        },
        footer = {
            "",
            "Writes memory.csv, memory.png and the logs. Exit code 1 when memory outgrew the bound, or when",
            "the stream-app lost its place in the consumer group."
        })
final class SoakMemoryCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long. Default: 10.")
    private double minutes;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "512m",
            description = "Heap of the stream-app, as for -Xmx. Default: 512m.")
    private String heap;

    @Option(
            names = "--pace",
            paramLabel = "N",
            defaultValue = "4",
            description = "Images a second that the slowed session answers. Default: 4.")
    private double pace;

    @Option(
            names = "--overload",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many times as much is fed. Default: 10.")
    private double overload;

    @Option(
            names = "--lead",
            paramLabel = "N",
            defaultValue = "3000",
            description = {
                "Images that may wait in the topic before the feed waits, too, so that the disk is",
                "not filled: 1,000 are half a gigabyte. Default: 3000."
            })
    private long lead;

    @Option(
            names = "--set",
            paramLabel = "PATH=TEXT",
            description =
                    "A setting of the stream-app, such as barrier.timeout=30s; may be repeated.")
    private List<String> set = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "For results. Default: out/soak-memory in the project's folder.")
    private Path out;

    @Option(
            names = "--release",
            paramLabel = "DIR",
            description = "Release that answers. Default: the one shipped.")
    private Path release;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException, InvalidConfigException {
        MemorySettings settings = settings();
        Thread worker = Thread.currentThread();
        try (var signal = StopSignal.on(worker::interrupt)) {
            List<String> broken = new MemorySoak(settings, System.out).run();
            broken.forEach(what -> System.out.println("broken: " + what));
            System.out.println(broken.isEmpty() ? "held" : "not held");
            return signal.exitCode().orElse(broken.isEmpty() ? Cytolog.DONE : Cytolog.FAILED);
        }
    }

    private MemorySettings settings() {
        Path folder = release == null ? ReleaseFolder.shipped() : release;
        new Faults()
                .check(() -> ReleaseFolder.read(folder))
                .check(() -> positive("--minutes", minutes))
                .check(() -> positive("--pace", pace))
                .check(() -> positive("--overload", overload))
                .check(() -> positive("--lead", lead))
                .check(this::checkHeap)
                .check(this::checkSet)
                .refuse();
        return new MemorySettings(
                folder.toAbsolutePath().normalize(),
                (out == null ? ReleaseFolder.home().resolve("out/soak-memory") : out)
                        .toAbsolutePath()
                        .normalize(),
                Duration.ofMillis(Math.round(minutes * 60_000)),
                heap,
                pace,
                overload,
                lead,
                set);
    }

    private void checkSet() {
        for (String setting : set) {
            if (setting.indexOf('=') < 1) {
                throw new InvalidInputException(
                        "--set=%s is no setting; give one such as barrier.timeout=30s"
                                .formatted(setting));
            }
        }
    }

    private void checkHeap() {
        if (!heap.matches("\\d{1,6}[kmgKMG]")) {
            throw new InvalidInputException(
                    "--heap=%s is not a size for -Xmx; give one such as 512m".formatted(heap));
        }
    }

    private static void positive(String option, double value) {
        if (!(value > 0)) {
            throw new InvalidInputException(
                    "%s=%s is not positive; give more than 0".formatted(option, value));
        }
    }
}
