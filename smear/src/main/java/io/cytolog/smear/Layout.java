// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Finds a place for every cell: white cells apart, red cells between them and a little over one
 * another.
 */
final class Layout {
    private static final int TRIES = 400;

    private final SmearSpec spec;
    private final Random random;
    private final List<Place> whites = new ArrayList<>();
    private final List<Place> platelets = new ArrayList<>();
    private final List<Place> reds = new ArrayList<>();

    Layout(SmearSpec spec, Random random) {
        this.spec = spec;
        this.random = random;
    }

    /** Puts a cell near the middle; call before {@link #scatter}. */
    void centre(CellKind kind) {
        double jitter = spec.pixelsPerMicron() * 0.6;
        list(kind)
                .add(
                        place(
                                kind,
                                spec.width() / 2.0 + Curve.between(random, -jitter, jitter),
                                spec.height() / 2.0 + Curve.between(random, -jitter, jitter),
                                radius(kind)));
    }

    void scatter() {
        spec.whiteCells().forEach(this::white);
        for (int i = 0; i < spec.platelets(); i++) {
            platelet();
        }
        double area = (double) spec.width() * spec.height();
        double usual = radiusAt(CellKind.RED_CELL, 0.5);
        double each = Math.PI * usual * usual;
        long wanted = Math.round(spec.redCellCover() * area / each);
        for (long i = 0; i < wanted; i++) {
            red();
        }
    }

    List<Place> whites() {
        return List.copyOf(whites);
    }

    List<Place> platelets() {
        return List.copyOf(platelets);
    }

    List<Place> reds() {
        return List.copyOf(reds);
    }

    /** White cells lie wholly inside; a crowded field leaves out what finds no room. */
    private void white(CellKind kind) {
        double radius = radius(kind);
        double margin = radius * 1.1 + 2;
        if (2 * margin >= Math.min(spec.width(), spec.height())) {
            return;
        }
        for (int i = 0; i < TRIES; i++) {
            Place place =
                    place(
                            kind,
                            Curve.between(random, margin, spec.width() - margin),
                            Curve.between(random, margin, spec.height() - margin),
                            radius);
            if (whites.stream().allMatch(other -> place.gapTo(other) > radius * 0.35)) {
                whites.add(place);
                return;
            }
        }
    }

    private void platelet() {
        double radius = radius(CellKind.PLATELET);
        for (int i = 0; i < TRIES; i++) {
            Place place = anywhere(CellKind.PLATELET, radius, radius);
            if (clear(whites, place, radius) && clear(platelets, place, radius)) {
                platelets.add(place);
                return;
            }
        }
    }

    private void red() {
        double radius = radius(CellKind.RED_CELL);
        // Most red cells keep apart; some lie on a neighbour, as in the thick part of a smear.
        double overlap = random.nextDouble() < 0.22 ? radius * 0.7 : -radius * 0.05;
        for (int i = 0; i < TRIES / 10; i++) {
            Place place = anywhere(CellKind.RED_CELL, radius, -radius * 0.6);
            if (clear(whites, place, radius * 0.02)
                    && clear(platelets, place, 1)
                    && clear(reds, place, -overlap)) {
                reds.add(place);
                return;
            }
        }
    }

    private static boolean clear(List<Place> others, Place place, double gap) {
        return others.stream().allMatch(other -> place.gapTo(other) > gap);
    }

    private Place anywhere(CellKind kind, double radius, double margin) {
        return place(
                kind,
                Curve.between(random, margin, spec.width() - margin),
                Curve.between(random, margin, spec.height() - margin),
                radius);
    }

    private Place place(CellKind kind, double x, double y, double radius) {
        return new Place(kind, x, y, radius, spec.pixelsPerMicron(), random.nextLong());
    }

    private double radius(CellKind kind) {
        return radiusAt(kind, random.nextDouble());
    }

    private double radiusAt(CellKind kind, double share) {
        return kind.diameter(share) / 2 * spec.pixelsPerMicron();
    }

    private List<Place> list(CellKind kind) {
        return switch (kind) {
            case RED_CELL -> reds;
            case PLATELET -> platelets;
            case SEGMENTED_NEUTROPHIL,
                    BAND_NEUTROPHIL,
                    LYMPHOCYTE,
                    MONOCYTE,
                    EOSINOPHIL,
                    BASOPHIL,
                    ERYTHROBLAST,
                    BLAST ->
                    whites;
        };
    }
}
