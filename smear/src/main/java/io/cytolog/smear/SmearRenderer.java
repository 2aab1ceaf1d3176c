// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws the fields of one synthetic slide. The seed is the slide: it decides stain and light; the
 * same seed and spec give the same pixels on every machine. Immutable; any thread may use it.
 */
public final class SmearRenderer {
    private static final int CROP = 360;
    private static final double CROP_SCALE = 10;
    private static final double MOST_PIXELS_PER_MICRON = 16;

    private final long seed;
    private final Stain stain;

    public SmearRenderer(long seed) {
        this.seed = seed;
        this.stain = Stain.of(scrambled(seed));
    }

    public RenderedField render(SmearSpec spec) {
        Random random = scrambled(mixed(spec.field()));
        Layout layout = new Layout(spec, random);
        layout.scatter();
        return draw(spec, layout, random);
    }

    /** A 360x360 crop with one cell of this kind in the middle: always the same one. */
    public RenderedField renderCell(CellKind kind) {
        return renderCell(kind, 0);
    }

    /**
     * The crop number {@code index} of this kind; the middle cell is the first true cell of its
     * kind.
     */
    public RenderedField renderCell(CellKind kind, int index) {
        Random random = scrambled(mixed(1_000_003L * (kind.ordinal() + 1) + index));
        SmearSpec spec =
                new SmearSpec(index, CROP, CROP, CROP_SCALE, 0.34, random.nextInt(2), List.of());
        Layout layout = new Layout(spec, random);
        layout.centre(kind);
        layout.scatter();
        return draw(spec, layout, random);
    }

    /**
     * A 360x360 crop with one nucleated cell of this kind in the middle, and its outlines.
     *
     * @param pixelsPerMicron scale; a cell must find room, so at most 16
     */
    public OutlinedCell renderOutlined(CellKind kind, int index, double pixelsPerMicron) {
        if (!kind.nucleated() || pixelsPerMicron > MOST_PIXELS_PER_MICRON) {
            throw new IllegalArgumentException(
                    "%s at %s pixels a micrometre: give a nucleated cell and at most %s"
                            .formatted(kind, pixelsPerMicron, MOST_PIXELS_PER_MICRON));
        }
        Random random = scrambled(mixed(9_000_011L * (kind.ordinal() + 1) + index));
        SmearSpec spec =
                new SmearSpec(
                        index, CROP, CROP, pixelsPerMicron, 0.34, random.nextInt(2), List.of());
        Layout layout = new Layout(spec, random);
        layout.centre(kind);
        layout.scatter();
        RenderedField drawn = draw(spec, layout, random);
        return WhiteCell.outlined(drawn.image(), layout.whites().getFirst(), stain);
    }

    private RenderedField draw(SmearSpec spec, Layout layout, Random random) {
        Canvas canvas = new Canvas(spec.width(), spec.height(), stain.background());
        List<TrueCell> reds = new ArrayList<>();
        List<TrueCell> platelets = new ArrayList<>();
        List<TrueCell> cells = new ArrayList<>();
        layout.reds().forEach(p -> RedCell.paint(canvas, p, stain).ifPresent(reds::add));
        layout.platelets().forEach(p -> Platelet.paint(canvas, p, stain).ifPresent(platelets::add));
        layout.whites().forEach(p -> WhiteCell.paint(canvas, p, stain).ifPresent(cells::add));
        cells.addAll(platelets);
        cells.addAll(reds);
        return new RenderedField(canvas.develop(random, spec.pixelsPerMicron() * 0.085), cells);
    }

    private long mixed(long number) {
        return seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L + 1;
    }

    /** {@link Random} because its sequence is specified; scrambled since near seeds start alike. */
    private static Random scrambled(long seed) {
        long h = (seed ^ (seed >>> 33)) * 0xFF51AFD7ED558CCDL;
        return new Random(h ^ (h >>> 33));
    }
}
