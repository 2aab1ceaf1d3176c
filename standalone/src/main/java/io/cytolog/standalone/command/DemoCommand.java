// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.cell.ImageKind;
import io.cytolog.onnx.StopSignal;
import io.cytolog.standalone.Faults;
import io.cytolog.standalone.ImageFolder;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.Loopback;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.demo.Demo;
import io.cytolog.standalone.demo.DemoSettings;
import io.cytolog.standalone.demo.Style;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays an image feed through everything, embedded in this process. */
@Command(
        name = "demo",
        description = {
            "Plays an image feed through a Kafka broker, a schema registry, Kafka Connect and the stream,",
            "all in this process; prints every cell as a sentence and serves a page on this machine."
        },
        footer = {
            "",
            "With --exit-when-done the exit code is 0 only if captured = annotated + rejected. Without it the",
            "demo goes on until Ctrl-C and takes every image that comes into the folder."
        })
final class DemoCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Spec private CommandSpec spec;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = {
                "Folder of images, laid out as accession/specimen/slide/image or flat; links are not",
                "followed. Default: the sample feed, which is synthetic."
            })
    private Path images;

    @Option(
            names = "--exit-when-done",
            description = "Ends when every image of the folder has its outcome.")
    private boolean exitWhenDone;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = {
                "For summary.json, json/ and hl7/; results of an earlier demo in it are replaced.",
                "Default: out/demo in the project's folder."
            })
    private Path out;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the page; 0 takes a free one. Default: 8080.")
    private int port;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "AUTO",
            description = {
                "What the images show: auto, cell or field. Default: auto,",
                "a cell up to 512 px on the longer side and a field above."
            })
    private ImageKind kind;

    @Option(
            names = "--release",
            paramLabel = "DIR",
            description = "Release that answers. Default: the one shipped.")
    private Path release;

    @Option(
            names = "--stall-seconds",
            paramLabel = "N",
            defaultValue = "60",
            description =
                    "With --exit-when-done: gives up after so long without progress. Default: 60.")
    private int stallSeconds;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoSettings settings = settings();
        // Before the first logger is made: the console is for results.
        System.setProperty("cytolog.log", settings.out().resolve("cytolog.log").toString());
        Files.createDirectories(settings.out());
        // What the registry says before it has opened its own log.
        LogManager.getLogManager().reset();
        var demo = new Demo(settings, Clock.systemUTC(), System.out, System.err, style());
        try (var signal = StopSignal.on(demo::stop)) {
            Demo.Ending ending = demo.play();
            return signal.exitCode().orElse(exitCode(ending.shortfall()));
        }
    }

    private int exitCode(Optional<String> shortfall) {
        shortfall.ifPresent(
                why -> {
                    spec.commandLine().getErr().println("cytolog: " + why);
                    spec.commandLine().getErr().flush();
                });
        return shortfall.isPresent() ? Cytolog.FAILED : Cytolog.DONE;
    }

    private DemoSettings settings() throws IOException {
        Path home = ReleaseFolder.home();
        Path folder = images == null ? home.resolve("samples/feed") : images;
        Path releaseFolder = release == null ? ReleaseFolder.shipped() : release;
        Path results = (out == null ? home.resolve("out/demo") : out).toAbsolutePath().normalize();
        var listed = new AtomicReference<ImageFolder>();
        boolean portIsFree = port <= 0 || port > 65_535 || Loopback.isFree(port);
        new Faults()
                .check(() -> listed.set(feed(folder)))
                .check(() -> ReleaseFolder.read(releaseFolder))
                .check(() -> checkOut(results))
                .check(() -> checkPort(portIsFree))
                .check(this::checkStall)
                .refuse();
        return new DemoSettings(
                listed.get(),
                kind,
                releaseFolder.toAbsolutePath().normalize(),
                results,
                port,
                exitWhenDone,
                Duration.ofSeconds(stallSeconds));
    }

    private ImageFolder feed(Path folder) {
        if (Files.isRegularFile(folder)) {
            throw new InvalidInputException(
                    "--images=%s is a file; give a folder of images".formatted(folder));
        }
        ImageFolder feed = ImageFolder.list("--images", folder).readable("--images");
        return exitWhenDone ? feed.nonEmpty("--images") : feed;
    }

    private static void checkOut(Path results) {
        if (Files.exists(results) && !Files.isDirectory(results)) {
            throw new InvalidInputException("--out=%s is a file; give a folder".formatted(results));
        }
    }

    private void checkPort(boolean portIsFree) {
        if (port < 0 || port > 65_535) {
            throw new InvalidInputException(
                    "--port=%d is out of bounds; give 0 to 65535".formatted(port));
        }
        if (!portIsFree) {
            throw new InvalidInputException(
                    "--port=%d is taken by another program; give another port, or 0 for any"
                            .formatted(port));
        }
    }

    private void checkStall() {
        if (stallSeconds < 1) {
            throw new InvalidInputException(
                    "--stall-seconds=%d is not positive; give for example 60"
                            .formatted(stallSeconds));
        }
    }

    private static Style style() {
        Terminal terminal = Terminal.detected();
        boolean unicode =
                StandardCharsets.UTF_8.equals(
                        Charset.forName(System.getProperty("native.encoding", "US-ASCII")));
        return new Style(
                terminal.colour(),
                terminal.out() && unicode,
                terminal.out() ? Terminal.columns() : 0);
    }
}
