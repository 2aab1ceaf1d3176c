// Licensed under the Apache License, Version 2.0.
package io.cytolog.measure;

/**
 * An ellipse, in pixels.
 *
 * @param angle of the major axis against the x axis, radians
 */
public record Ellipse(
        double centreX, double centreY, double semiMajor, double semiMinor, double angle) {

    public double area() {
        return Math.PI * semiMajor * semiMinor;
    }

    /**
     * Length of the outline by Ramanujan's second approximation (1914), within 1e-4 of the length
     * up to an axis ratio of ten.
     */
    public double circumference() {
        double difference = (semiMajor - semiMinor) / (semiMajor + semiMinor);
        double h = difference * difference;
        return Math.PI * (semiMajor + semiMinor) * (1 + 3 * h / (10 + Math.sqrt(4 - 3 * h)));
    }
}
