// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

/** A colour as it is seen (or, for red cells, let through), 0 to 1 a channel. */
record Ink(double red, double green, double blue) {
    static Ink of(int red, int green, int blue) {
        return new Ink(red / 255.0, green / 255.0, blue / 255.0);
    }

    Ink mix(Ink other, double share) {
        double s = Curve.clamp(share);
        return new Ink(
                red + (other.red - red) * s,
                green + (other.green - green) * s,
                blue + (other.blue - blue) * s);
    }

    Ink times(Ink other) {
        return new Ink(red * other.red, green * other.green, blue * other.blue);
    }

    Ink scaled(double factor) {
        return new Ink(red * factor, green * factor, blue * factor);
    }

    /** This colour with each channel moved by up to {@code reach}, and all of them together too. */
    Ink varied(java.util.Random random, double reach) {
        double all = Curve.between(random, -reach, reach);
        return new Ink(
                red + all + Curve.between(random, -reach, reach) / 2,
                green + all + Curve.between(random, -reach, reach) / 2,
                blue + all + Curve.between(random, -reach, reach) / 2);
    }
}
