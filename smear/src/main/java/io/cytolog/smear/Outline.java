// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.util.Random;

/**
 * A shape as a signed distance (negative inside), in units of the cell's radius. Unions are smooth,
 * after the polynomial minimum of Inigo Quilez, so that lobes flow into one another.
 */
@FunctionalInterface
interface Outline {
    double distance(double u, double v);

    static Outline ellipse(double cx, double cy, double rx, double ry, double angle) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return (u, v) -> {
            double x = ((u - cx) * cos + (v - cy) * sin) / rx;
            double y = (-(u - cx) * sin + (v - cy) * cos) / ry;
            return (Math.sqrt(x * x + y * y) - 1) * Math.min(rx, ry);
        };
    }

    /** A rod from a to b, of radius {@code r}. */
    static Outline rod(double ax, double ay, double bx, double by, double r) {
        double dx = bx - ax;
        double dy = by - ay;
        double length2 = Math.max(dx * dx + dy * dy, 1e-9);
        return (u, v) -> {
            double t = Curve.clamp(((u - ax) * dx + (v - ay) * dy) / length2);
            double ex = u - ax - dx * t;
            double ey = v - ay - dy * t;
            return Math.sqrt(ex * ex + ey * ey) - r;
        };
    }

    /** A round body whose radius waves gently with the angle, by up to {@code waviness}. */
    static Outline wavy(Random random, double radius, double waviness) {
        double two = Curve.between(random, 0, waviness);
        double three = Curve.between(random, 0, waviness) * 0.6;
        double five = Curve.between(random, 0, waviness) * 0.3;
        double p2 = Curve.between(random, 0, 2 * Math.PI);
        double p3 = Curve.between(random, 0, 2 * Math.PI);
        double p5 = Curve.between(random, 0, 2 * Math.PI);
        return (u, v) -> {
            double angle = StrictMath.atan2(v, u);
            double edge =
                    1
                            + two * StrictMath.cos(2 * angle + p2)
                            + three * StrictMath.cos(3 * angle + p3)
                            + five * StrictMath.cos(5 * angle + p5);
            return Math.sqrt(u * u + v * v) - radius * edge;
        };
    }

    default Outline union(Outline other, double softness) {
        return (u, v) -> {
            double a = distance(u, v);
            double b = other.distance(u, v);
            double h = Math.max(softness - Math.abs(a - b), 0) / softness;
            return Math.min(a, b) - h * h * softness / 4;
        };
    }

    default Outline without(Outline other, double softness) {
        return (u, v) -> {
            double a = distance(u, v);
            double b = -other.distance(u, v);
            double h = Math.max(softness - Math.abs(a - b), 0) / softness;
            return Math.max(a, b) + h * h * softness / 4;
        };
    }

    /** The part of this shape that lies at least {@code margin} inside {@code other}. */
    default Outline within(Outline other, double margin) {
        return (u, v) -> Math.max(distance(u, v), other.distance(u, v) + margin);
    }

    /** The same shape with its edge pushed about by noise. */
    default Outline rough(Noise noise, double reach, double wavelength) {
        return (u, v) ->
                distance(u, v)
                        + (noise.octaves(u / wavelength, v / wavelength, 2) - 0.5) * 2 * reach;
    }

    default Outline turned(double angle) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return (u, v) -> distance(u * cos + v * sin, -u * sin + v * cos);
    }

    default Outline moved(double du, double dv) {
        return (u, v) -> distance(u - du, v - dv);
    }
}
