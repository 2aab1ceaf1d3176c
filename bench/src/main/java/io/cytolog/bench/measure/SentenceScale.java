// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import io.cytolog.bank.CellAnnotator;
import io.cytolog.bench.release.WideBank;
import io.cytolog.bench.report.LineChart.Point;
import io.cytolog.image.CellPixels;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxCellAnnotator;
import io.cytolog.release.Release;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** CPU time of a cell, encoded and matched exactly, over the size of the bank. */
public final class SentenceScale {

    private SentenceScale() {}

    /**
     * @param batch cells in a run
     * @param length of the measurement, after a third of it to warm up
     * @return sentences and CPU-milliseconds a cell
     */
    public static Point at(Release release, int sentences, int batch, Duration length)
            throws Exception {
        Release wide = WideBank.of(release, sentences);
        CellPixels cell = release.golden().pixels().getFirst();
        List<CellPixels> cells = Collections.nCopies(batch, cell);
        try (CellAnnotator annotator =
                OnnxCellAnnotator.open(wide, batch, new InferenceThreads(1))) {
            run(annotator, cells, length.dividedBy(3));
            long cpu = cpuNanos();
            long count = run(annotator, cells, length);
            return new Point(wide.bank().sentences().size(), (cpuNanos() - cpu) / 1e6 / count);
        }
    }

    private static long run(CellAnnotator annotator, List<CellPixels> cells, Duration length) {
        long end = System.nanoTime() + length.toNanos();
        long count = 0;
        while (System.nanoTime() < end) {
            annotator.annotate(cells);
            count += cells.size();
        }
        return count;
    }

    /** Of this thread, which a session of one thread runs on. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
