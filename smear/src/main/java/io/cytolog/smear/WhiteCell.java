// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Draws one nucleated cell in layers: cytoplasm, vacuoles, nucleus with chromatin, granules. One
 * thread owns it.
 */
final class WhiteCell {
    private final Canvas canvas;
    private final Place place;
    private final Stain stain;
    private final Look look;
    private final Random random;
    private final Outline body;
    private final Outline nucleus;
    private final Noise coarse;
    private final Noise fine;

    private WhiteCell(Canvas canvas, Place place, Stain stain) {
        this.canvas = canvas;
        this.place = place;
        this.stain = stain;
        this.look = Look.of(place.kind());
        this.random = new Random(place.seed());
        double waviness = place.kind() == CellKind.MONOCYTE ? 0.10 : 0.055;
        this.body =
                Outline.wavy(random, 0.96, waviness)
                        .rough(new Noise(random.nextLong()), 0.035, 0.4);
        this.nucleus = Nucleus.of(place.kind(), random).within(body, 0.03);
        this.coarse = new Noise(random.nextLong());
        this.fine = new Noise(random.nextLong());
    }

    static Optional<TrueCell> paint(Canvas canvas, Place place, Stain stain) {
        return new WhiteCell(canvas, place, stain).paint();
    }

    /** The picture of a field with where this cell truly lies in it. */
    static OutlinedCell outlined(BufferedImage image, Place place, Stain stain) {
        WhiteCell cell = new WhiteCell(new Canvas(1, 1, stain.background()), place, stain);
        int side = image.getWidth();
        return new OutlinedCell(
                image,
                Coverage.of(cell.body, place, side),
                Coverage.of(cell.nucleus.within(cell.body, 0), place, side));
    }

    private Optional<TrueCell> paint() {
        Brush brush = new Brush(canvas, place);
        List<Spot> vacuoles = spots(random.nextInt(look.vacuoles() + 1), 0.35, 0.85, 0.35, 0.7);
        List<Spot> nucleoli =
                look.nucleoli() == 0
                        ? List.of()
                        : spots(1 + random.nextInt(look.nucleoli()), 0.0, 0.5, 0.55, 0.95);
        brush.over(
                body,
                (x, y, u, v, inside) -> {
                    canvas.cover(x, y, inside * 0.96, cytoplasm(u, v, vacuoles));
                    double inNucleus = brush.share(nucleus, u, v);
                    if (inNucleus > 0) {
                        canvas.cover(x, y, inNucleus * inside, chromatin(u, v, nucleoli));
                    }
                });
        granules(brush);
        return brush.box();
    }

    private Ink cytoplasm(double u, double v, List<Spot> vacuoles) {
        double cloud = coarse.octaves(u * 3.2, v * 3.2, 3);
        double rim = Curve.step(0.22, 0.0, -body.distance(u, v));
        // Next to a round nucleus the Golgi zone is pale.
        double halo = 0.35 * Curve.step(0.12, 0.0, nucleus.distance(u, v));
        Ink base =
                stain.dyed(look.cytoplasm())
                        .mix(stain.dyed(look.rim()), 0.75 * rim + 0.5 * (cloud - 0.4))
                        .mix(stain.background(), halo);
        double hole = 0;
        for (Spot spot : vacuoles) {
            hole = Math.max(hole, spot.share(u, v));
        }
        return base.mix(stain.background(), 0.85 * hole);
    }

    private Ink chromatin(double u, double v, List<Spot> nucleoli) {
        double mx = place.micronsAt(u) / look.clump();
        double my = place.micronsAt(v) / look.clump();
        double wobble = fine.octaves(mx * 1.3, my * 1.3, 2) - 0.5;
        double clumps = coarse.clumps(mx + wobble, my + wobble);
        double grain = fine.octaves(mx * 2.2, my * 2.2, 2);
        double open = Curve.step(0.42, 0.92, clumps * 0.7 + grain * 0.45);
        double membrane = Curve.step(0.07, 0.0, -nucleus.distance(u, v));
        double sheen = 0.18 * (coarse.octaves(u * 1.7 + 5, v * 1.7, 2) - 0.3);
        double light = look.contrast() * (open + sheen) * (1 - 0.6 * membrane);
        Ink base = stain.dyed(look.dark()).mix(stain.dyed(look.light()), light);
        double nucleolus = 0;
        for (Spot spot : nucleoli) {
            nucleolus = Math.max(nucleolus, spot.share(u, v));
        }
        return base.mix(stain.dyed(look.cytoplasm()), 0.5 * nucleolus);
    }

    private void granules(Brush brush) {
        double microns = place.radius() / place.pixelsPerMicron();
        int count = (int) Math.round(look.granules() * Math.PI * microns * microns);
        double size = look.granuleSize() / microns;
        Ink ink = stain.dyed(look.granule());
        for (int i = 0; i < count; i++) {
            double angle = Curve.between(random, 0, 2 * Math.PI);
            double reach = Math.sqrt(random.nextDouble()) * 0.95;
            double u = reach * StrictMath.cos(angle);
            double v = reach * StrictMath.sin(angle);
            double radius = size * Curve.between(random, 0.75, 1.25);
            Ink own = ink.varied(random, 0.06);
            double strength = Curve.between(random, 0.45, 0.85);
            boolean onNucleus = nucleus.distance(u, v) < radius * 0.4;
            boolean inBody = body.distance(u, v) < -radius * 0.6;
            if (inBody && (!onNucleus || look.overNucleus())) {
                dot(u, v, radius, own, onNucleus ? strength * 0.8 : strength);
            }
        }
    }

    private void dot(double cu, double cv, double radius, Ink ink, double strength) {
        double px = place.x() + cu * place.radius();
        double py = place.y() + cv * place.radius();
        double pr = Math.max(radius * place.radius(), 0.6);
        for (int y = (int) (py - pr - 1); y <= py + pr + 1; y++) {
            for (int x = (int) (px - pr - 1); x <= px + pr + 1; x++) {
                if (x < 0 || y < 0 || x >= canvas.width() || y >= canvas.height()) {
                    continue;
                }
                double inside =
                        Curve.clamp(pr * 0.6 + 0.5 - 0.6 * StrictMath.hypot(x - px, y - py));
                canvas.cover(x, y, inside * strength, ink);
            }
        }
    }

    /** Round spots between two distances from the middle, of radii in micrometres. */
    private List<Spot> spots(
            int count, double nearest, double farthest, double smallest, double largest) {
        double microns = place.radius() / place.pixelsPerMicron();
        List<Spot> spots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double angle = Curve.between(random, 0, 2 * Math.PI);
            double reach = Curve.between(random, nearest, farthest);
            spots.add(
                    new Spot(
                            reach * StrictMath.cos(angle),
                            reach * StrictMath.sin(angle),
                            Curve.between(random, smallest, largest) / microns));
        }
        return spots;
    }

    /** A soft round spot, in cell radii. */
    private record Spot(double u, double v, double radius) {
        double share(double atU, double atV) {
            return Curve.step(1.15, 0.7, StrictMath.hypot(atU - u, atV - v) / radius);
        }
    }
}
