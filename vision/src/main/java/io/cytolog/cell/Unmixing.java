// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

/**
 * The algebra of colour deconvolution: which weights on red, green, blue give one stain's amount.
 */
final class Unmixing {

    private Unmixing() {}

    /**
     * Weights that give the amount of {@code wanted} where {@code wanted}, {@code other} and a rest
     * at right angles to both are mixed; the first row of Ruifrok and Johnston's inverse.
     *
     * @param wanted optical density of one stain in red, green, blue
     * @param other that of the second stain; not parallel to the first
     */
    static double[] weights(double[] wanted, double[] other) {
        double[] a = unit(wanted);
        double[] b = unit(other);
        double shared = dot(a, b);
        double[] across = new double[3];
        for (int i = 0; i < 3; i++) {
            across[i] = a[i] - shared * b[i];
        }
        double scale = dot(across, a);
        for (int i = 0; i < 3; i++) {
            across[i] /= scale;
        }
        return across;
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    static double[] unit(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        return new double[] {vector[0] / length, vector[1] / length, vector[2] / length};
    }
}
