// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

/** Where a cell lies: centre and radius in pixels, and the scale it is drawn at. */
record Place(CellKind kind, double x, double y, double radius, double pixelsPerMicron, long seed) {

    double gapTo(Place other) {
        return StrictMath.hypot(x - other.x, y - other.y) - radius - other.radius;
    }

    /** Pixels a unit of the noise that has this wavelength in micrometres. */
    double micronsAt(double unit) {
        return unit * radius / pixelsPerMicron;
    }
}
