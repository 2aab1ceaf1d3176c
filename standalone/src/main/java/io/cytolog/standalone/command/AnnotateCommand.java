// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.cell.ImageKind;
import io.cytolog.measure.Measured;
import io.cytolog.onnx.StopSignal;
import io.cytolog.release.Release;
import io.cytolog.standalone.Faults;
import io.cytolog.standalone.ImageFolder;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.offline.Annotation;
import io.cytolog.standalone.offline.Tally;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Annotates a folder of images without Kafka. */
@Command(
        name = "annotate",
        description = "Annotates images without Kafka and writes one JSON object a line and image.",
        footer = {
            "",
            "A line holds path, kind, releaseId, resultId and cells (box, finding, probabilities, abstained,",
            "reason, sentences), or path and rejected (stage, reason, detail). Lines are in path order."
        })
final class AnnotateCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Spec private CommandSpec spec;

    @Option(
            names = "--images",
            required = true,
            paramLabel = "PATH",
            description = {
                "Folder of images, with all folders in it, or one image file.",
                "In a folder, files named *.jpg, .jpeg, .png, .tif, .tiff or .bmp count."
            })
    private Path images;

    @Option(
            names = "--json",
            required = true,
            paramLabel = "FILE",
            description = "Where the lines go; the file appears when it is complete.")
    private Path json;

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
            description = "Release to annotate with. Default: the one shipped.")
    private Path release;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to work with. Default: one a processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--microns-per-pixel",
            paramLabel = "UM",
            description = {
                "Edge of a pixel in micrometres, 0.01 to 100: with a release that measures,",
                "lengths and areas come in micrometres. Default: unknown, ratios alone."
            })
    private Double micronsPerPixel;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = new AtomicReference<ImageFolder>();
        var opened = new AtomicReference<Release>();
        Path releaseFolder = release == null ? ReleaseFolder.shipped() : release;
        new Faults()
                .check(() -> folder.set(ImageFolder.list("--images", images).nonEmpty("--images")))
                .check(this::checkJson)
                .check(this::checkThreads)
                .check(this::checkPixelSize)
                .check(() -> opened.set(ReleaseFolder.read(releaseFolder)))
                .refuse();
        Thread worker = Thread.currentThread();
        try (var signal = StopSignal.on(worker::interrupt)) {
            annotate(new Annotation(opened.get(), folder.get(), kind, threads, micronsPerPixel));
            return signal.exitCode().orElse(Cytolog.DONE);
        }
    }

    private void annotate(Annotation annotation) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Tally tally;
        try (var progress =
                new Progress(
                        "annotating",
                        annotation.folder().files().size(),
                        Terminal.detected(),
                        System.err)) {
            tally =
                    annotation.run(
                            json, t -> progress.at(t.images(), "%,d cells".formatted(t.cells())));
        }
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "%,d images: %,d annotated with %,d cells (%,d abstained), %,d rejected; %.1f s, %.1f images/s; %s%n",
                tally.images(),
                tally.annotated(),
                tally.cells(),
                tally.abstained(),
                tally.rejected(),
                seconds,
                tally.images() / seconds,
                json);
        err.flush();
    }

    private void checkJson() {
        Path parent = json.toAbsolutePath().getParent();
        if (Files.isDirectory(json)) {
            throw new InvalidInputException("--json=%s is a folder; give a file".formatted(json));
        }
        if (!Files.isDirectory(parent)) {
            throw new InvalidInputException(
                    "--json=%s lies in a folder that does not exist; make %s first"
                            .formatted(json, parent));
        }
    }

    private void checkPixelSize() {
        if (micronsPerPixel != null
                && !(micronsPerPixel >= Measured.SMALLEST_PIXEL
                        && micronsPerPixel <= Measured.LARGEST_PIXEL)) {
            throw new InvalidInputException(
                    "--microns-per-pixel=%s is out of bounds; give 0.01 to 100"
                            .formatted(micronsPerPixel));
        }
    }

    private void checkThreads() {
        if (threads < 1 || threads > 256) {
            throw new InvalidInputException(
                    "--threads=%d is out of bounds; give 1 to 256".formatted(threads));
        }
    }
}
