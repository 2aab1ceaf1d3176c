// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import java.util.List;
import java.util.function.Function;

/**
 * Drawn pixels with the embeddings that the trainer got for them; shows on the machine that serves
 * that the encoder still computes what was validated.
 *
 * @param tolerance largest absolute difference of an element
 */
public record GoldenVectors(List<CellPixels> pixels, List<Embedding> embeddings, double tolerance) {

    public GoldenVectors {
        pixels = List.copyOf(pixels);
        embeddings = List.copyOf(embeddings);
        if (pixels.isEmpty() || pixels.size() != embeddings.size()) {
            throw new IllegalArgumentException(
                    "%d golden pixels, %d golden embeddings"
                            .formatted(pixels.size(), embeddings.size()));
        }
    }

    /**
     * Largest absolute difference of an element between the encoder's and the golden embeddings.
     *
     * @param encoder gives one embedding a cell
     * @throws InvalidReleaseException when it is beyond the tolerance
     */
    public double check(Function<List<CellPixels>, List<Embedding>> encoder)
            throws InvalidReleaseException {
        double worst = 0;
        for (int i = 0; i < pixels.size(); i++) {
            float[] seen = encoder.apply(List.of(pixels.get(i))).getFirst().values();
            float[] golden = embeddings.get(i).values();
            if (seen.length != golden.length) {
                throw new InvalidReleaseException(
                        "the encoder gives %d dimensions, its golden vectors have %d; train the release again"
                                .formatted(seen.length, golden.length));
            }
            for (int d = 0; d < golden.length; d++) {
                worst = Math.max(worst, Math.abs(seen[d] - golden[d]));
            }
        }
        if (!(worst <= tolerance)) {
            throw new InvalidReleaseException(
                    "the encoder differs from its golden vectors by %.2e, the bound is %.2e; this machine's runtime must not serve this release"
                            .formatted(worst, tolerance));
        }
        return worst;
    }
}
