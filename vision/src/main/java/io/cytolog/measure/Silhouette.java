// Licensed under the Apache License, Version 2.0.
package io.cytolog.measure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The outlines of one cell and what follows from them, in pixels of the map. Immutable. */
public final class Silhouette {

    /** The cell may go on beyond the picture: nothing is measured. */
    public static final String TOUCHES_EDGE = "not-measured-touches-edge";

    /** No outline was found, or one too small to be a cell: nothing is measured. */
    public static final String NO_OUTLINE = "not-measured-no-outline";

    /** The outline is no cell's, for example runs on into a neighbour: nothing is measured. */
    public static final String IRREGULAR = "not-measured-irregular-outline";

    /** The least share of the picture that is a cell. */
    private static final double LEAST_SHARE = 0.01;

    /** The least share of the cell that is a nucleus. */
    private static final double LEAST_NUCLEUS = 0.02;

    /** The most misfit at which a region is measured as an ellipse. */
    private static final double MOST_MISFIT = 0.02;

    /** The most misfit of a cell's outline; a square has 0.045, two discs that touch 0.106. */
    private static final double MOST_IRREGULAR = 0.08;

    private final int side;
    private final Region body;
    private final Region nucleus;

    private Silhouette(int side, Region body, Region nucleus) {
        this.side = side;
        this.body = body;
        this.nucleus = nucleus;
    }

    /**
     * @param body probability that a pixel is of the cell {@code [side, side]}
     * @param nucleus probability that it is of its nucleus
     */
    public static Silhouette of(float[] body, float[] nucleus, int side) {
        Region cell = Region.largest(body, side);
        return new Silhouette(side, cell, Region.within(nucleus, side, cell));
    }

    public Region body() {
        return body;
    }

    public Region nucleus() {
        return nucleus;
    }

    /** Why nothing can be measured; empty when it can. */
    public Optional<String> fault() {
        // Written so that an area that is not a number is none.
        if (!(body.area() >= LEAST_SHARE * side * side)) {
            return Optional.of(NO_OUTLINE);
        }
        if (body.touchesEdge()) {
            return Optional.of(TOUCHES_EDGE);
        }
        return body.misfit() <= MOST_IRREGULAR ? Optional.empty() : Optional.of(IRREGULAR);
    }

    /** Values by quantity, in pixels of the map; none when there is a fault. */
    public Map<Quantity, Double> values() {
        Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
        if (fault().isPresent()) {
            return values;
        }
        values.put(Quantity.CELL_AREA, body.area());
        values.put(Quantity.CELL_DIAMETER, diameter(body.area()));
        boolean hasNucleus = nucleus.area() >= LEAST_NUCLEUS * body.area();
        if (hasNucleus) {
            values.put(Quantity.NUCLEUS_AREA, nucleus.area());
            values.put(Quantity.NUCLEUS_DIAMETER, diameter(nucleus.area()));
        }
        if (hasNucleus && nucleus.area() < body.area()) {
            values.put(
                    Quantity.NUCLEUS_TO_CYTOPLASM_RATIO,
                    nucleus.area() / (body.area() - nucleus.area()));
        }
        if (body.misfit() <= MOST_MISFIT) {
            values.put(Quantity.CIRCUMFERENCE, body.ellipse().circumference());
        }
        return values;
    }

    /** Values with their intervals, of the quantities that have error bounds. */
    public Measured measured(ErrorBounds bounds) {
        List<Measurement> measurements =
                values().entrySet().stream()
                        .map(value -> bounds.around(value.getKey(), value.getValue()).orElse(null))
                        .filter(Objects::nonNull)
                        .toList();
        return new Measured(measurements, fault().map(List::of).orElseGet(List::of));
    }

    private static double diameter(double area) {
        return 2 * Math.sqrt(area / Math.PI);
    }
}
