// Licensed under the Apache License, Version 2.0.
package io.cytolog.measure;

/**
 * Area and moments of polygons up to the second order, by Green's theorem (Steger 1996, "On the
 * Calculation of Arbitrary Moments of Polygons"). Polygons add up. Owned by one call.
 */
final class Moments {

    private double area;
    private double x;
    private double y;
    private double xx;
    private double xy;
    private double yy;

    /** Adds the edge from one corner to the next; corners go round in one direction. */
    void edge(double x0, double y0, double x1, double y1) {
        double cross = x0 * y1 - x1 * y0;
        area += cross / 2;
        x += (x0 + x1) * cross / 6;
        y += (y0 + y1) * cross / 6;
        xx += (x0 * x0 + x0 * x1 + x1 * x1) * cross / 12;
        xy += (x0 * y1 + 2 * x0 * y0 + 2 * x1 * y1 + x1 * y0) * cross / 24;
        yy += (y0 * y0 + y0 * y1 + y1 * y1) * cross / 12;
    }

    double area() {
        return Math.abs(area);
    }

    /** The ellipse with the same centre and second moments; there is an area. */
    Ellipse ellipse() {
        double centreX = x / area;
        double centreY = y / area;
        double a = xx / area - centreX * centreX;
        double b = xy / area - centreX * centreY;
        double c = yy / area - centreY * centreY;
        double mean = (a + c) / 2;
        double spread = Math.sqrt((a - c) * (a - c) / 4 + b * b);
        return new Ellipse(
                centreX,
                centreY,
                2 * Math.sqrt(mean + spread),
                2 * Math.sqrt(Math.max(0, mean - spread)),
                0.5 * Math.atan2(2 * b, a - c));
    }
}
