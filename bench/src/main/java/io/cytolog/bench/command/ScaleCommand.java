// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.command;

import static io.cytolog.bench.report.Markdown.number;

import io.cytolog.bench.feed.ImageSet;
import io.cytolog.bench.feed.Picture;
import io.cytolog.bench.measure.Plan;
import io.cytolog.bench.measure.Scale;
import io.cytolog.bench.measure.SentenceScale;
import io.cytolog.bench.measure.Stand;
import io.cytolog.bench.release.SizedRelease;
import io.cytolog.bench.report.Circumstances;
import io.cytolog.bench.report.Line;
import io.cytolog.bench.report.LineChart;
import io.cytolog.bench.report.LineChart.Point;
import io.cytolog.bench.report.Markdown;
import io.cytolog.bench.report.MatrixReport;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cytolog bench scale}: how cost grows with images and with sentences. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description =
                "Shows how cost grows with images and with sentences, which are matched exactly.")
final class ScaleCommand implements Callable<Integer> {

    @Mixin private RunOptions run;

    @Option(
            names = "--counts",
            split = ",",
            defaultValue = "1000,2000,5000,10000,15000,20000",
            description = "numbers of images, rising; default ${DEFAULT-VALUE}")
    private List<Integer> counts;

    @Option(
            names = "--sentences",
            split = ",",
            defaultValue = "1000,10000,25000,50000,75000,100000",
            description = "sizes of the bank, rising; default ${DEFAULT-VALUE}")
    private List<Integer> sentences;

    @Option(
            names = "--side",
            defaultValue = "64",
            description = "side of the encoder's input for the images, default ${DEFAULT-VALUE}")
    private int side;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Plan plan = run.plan();
        Circumstances now = run.circumstances(spec);
        StringBuilder report = new StringBuilder(MatrixReport.header(now));
        report.append(
                show(
                        "scale-sentences",
                        "Cost of a cell over the size of the bank",
                        "sentences in the bank",
                        "CPU-ms a cell, encoder of the shipped size and exact match",
                        overSentences(plan)));
        report.append(
                show(
                        "scale-images",
                        "Cost of a feed over its length",
                        "images",
                        "CPU-s of the process, 15 KB images, encoder of %d px".formatted(side),
                        overImages(plan)));
        Files.writeString(run.out().resolve("scale.md"), report);
        System.out.print(report);
        return 0;
    }

    private List<Point> overSentences(Plan plan) throws Exception {
        Release release = ReleaseReader.read(run.release());
        List<Point> points = new ArrayList<>();
        for (int size : sentences) {
            Point point = SentenceScale.at(release, size, plan.batch(), plan.point());
            System.err.printf("%,.0f sentences: %.3f CPU-ms a cell%n", point.x(), point.y());
            points.add(point);
        }
        return points;
    }

    private List<Point> overImages(Plan plan) throws Exception {
        Path work = run.work();
        Path release = SizedRelease.of(run.release(), side, work);
        ImageSet images = ImageSet.read(Picture.SMALL.folder(work));
        try (Stand stand = Stand.start(work)) {
            return Scale.overImages(stand, plan, release, images, work, counts);
        }
    }

    private String show(String file, String title, String x, String y, List<Point> points)
            throws IOException {
        Line line = Line.through(points);
        String fit =
                String.format(
                        Locale.ROOT,
                        "straight line: %.4g + %.4g for 1,000, R2 = %.4f",
                        line.offset(),
                        1000 * line.slope(),
                        line.fit(points));
        Files.writeString(
                run.out().resolve(file + ".svg"), LineChart.draw(title, fit, x, y, points));
        Markdown table = new Markdown(x, y, "for each");
        for (Point point : points) {
            table.row(
                    "%,.0f".formatted(point.x()),
                    number(point.y()),
                    "%.3g".formatted(point.y() / point.x()));
        }
        return "\n### %s\n\n%s\nLeast squares, %s.\n".formatted(title, table, fit);
    }
}
