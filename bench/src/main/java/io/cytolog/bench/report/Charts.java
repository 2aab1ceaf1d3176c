// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import io.cytolog.bench.report.BarChart.Bar;
import io.cytolog.bench.report.BarChart.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The matrix as charts. */
public final class Charts {

    private Charts() {}

    /** Images a second from a full topic. */
    public static String throughput(Circumstances c, List<Measured> results) {
        return draw(
                "Throughput from a pre-filled topic, images/s",
                c,
                results,
                m -> new Bar(m.row(), m.imagesPerSecond(), ""));
    }

    /** Images for a CPU-second of the row's process. */
    public static String efficiency(Circumstances c, List<Measured> results) {
        return draw(
                "Images for a CPU-second of the process",
                c,
                results,
                m -> new Bar(m.row(), m.imagesPerCpuSecond(), ""));
    }

    /** The 99th percentile under a load; rows without one are left out. */
    public static String latency(Circumstances c, List<Measured> results, String label, String at) {
        List<Measured> loaded = results.stream().filter(m -> m.load(label).isPresent()).toList();
        return draw(
                "p99 from due to committed and visible, ms, at " + at,
                c,
                loaded,
                m -> {
                    Load load = m.load(label).orElseThrow();
                    return new Bar(
                            m.row(),
                            load.p99(),
                            "at %s/s%s"
                                    .formatted(
                                            Markdown.number(load.perSecond()),
                                            load.kept() ? "" : ", fell behind"));
                });
    }

    private static String draw(
            String title, Circumstances c, List<Measured> results, Function<Measured, Bar> bar) {
        List<Panel> panels = new ArrayList<>();
        for (String picture : MatrixReport.pictures(results)) {
            for (int side : MatrixReport.sides(results)) {
                List<Bar> bars =
                        results.stream()
                                .filter(m -> m.side() == side && m.picture().equals(picture))
                                .map(bar)
                                .toList();
                if (!bars.isEmpty()) {
                    panels.add(
                            new Panel(
                                    "%s images, encoder of %d px".formatted(picture, side), bars));
                }
            }
        }
        return BarChart.draw(
                title,
                "%s, %d cores, commit %s, %s".formatted(c.cpu(), c.cores(), c.commit(), c.date()),
                panels);
    }
}
