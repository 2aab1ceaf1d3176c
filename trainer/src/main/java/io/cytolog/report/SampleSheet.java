// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import io.cytolog.image.CellPixels;
import io.cytolog.report.ContactSheet.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real cells beside synthetic ones, a row a finding. Stateless. */
public final class SampleSheet {

    private SampleSheet() {}

    /**
     * Writes a PNG.
     *
     * @param real by finding
     * @param synthetic by finding
     * @param shown of each kind in a row
     */
    public static void write(
            List<String> findings,
            List<List<CellPixels>> real,
            List<List<CellPixels>> synthetic,
            int shown,
            Path png)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (int f = 0; f < findings.size(); f++) {
            add(entries, real.get(f), shown, findings.get(f), "real");
            add(entries, synthetic.get(f), shown, findings.get(f), "synthetic");
        }
        ContactSheet.write(entries, 2 * shown, png);
    }

    private static void add(
            List<Entry> entries, List<CellPixels> cells, int shown, String finding, String kind) {
        double step = Math.max(1, (double) cells.size() / shown);
        for (int i = 0; i < shown; i++) {
            int place = (int) (i * step) % cells.size();
            entries.add(new Entry(CellPicture.plain(cells.get(place)), List.of(finding, kind)));
        }
    }
}
