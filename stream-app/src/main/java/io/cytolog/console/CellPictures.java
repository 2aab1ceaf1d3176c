// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedCell;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Rejection;
import io.cytolog.topology.FlowListener;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the latest cells' pixels for the page, oldest thrown out first, bounded in bytes. The
 * pixels are those the encoder saw; they are encoded when a browser asks. Any thread may use it.
 */
public final class CellPictures implements FlowListener {

    private final long maxBytes;
    private final Map<String, List<CellPixels>> byResult = new LinkedHashMap<>();
    private long bytes;

    /**
     * @param maxBytes bound on the pixels kept
     */
    public CellPictures(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void annotated(PreparedImage image, ImageAnnotation annotation) {
        put(
                annotation.resultId().value(),
                image.cells().stream()
                        .limit(ResultView.MOST_CELLS)
                        .map(PreparedCell::pixels)
                        .toList());
    }

    /** The pixels of one cell of a result, while they are kept. */
    public synchronized Optional<CellPixels> find(String resultId, int cell) {
        List<CellPixels> cells = byResult.getOrDefault(resultId, List.of());
        return cell < 0 || cell >= cells.size() ? Optional.empty() : Optional.of(cells.get(cell));
    }

    private synchronized void put(String resultId, List<CellPixels> cells) {
        List<CellPixels> before = byResult.remove(resultId);
        bytes += sizeOf(cells) - (before == null ? 0 : sizeOf(before));
        byResult.put(resultId, cells);
        Iterator<List<CellPixels>> oldest = byResult.values().iterator();
        while (bytes > maxBytes) {
            bytes -= sizeOf(oldest.next());
            oldest.remove();
        }
    }

    private static long sizeOf(List<CellPixels> cells) {
        return cells.stream().mapToLong(cell -> cell.rgb().length).sum();
    }

    @Override
    public void inFlightChanged(int change) {}

    @Override
    public void heldChanged(long bytes) {}

    @Override
    public void rejected(Rejection rejection) {}

    @Override
    public void barrierWaited(Duration waited) {}
}
