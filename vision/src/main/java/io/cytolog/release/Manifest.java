// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import io.cytolog.image.Recipe;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a release consists of. Written with sorted keys and without times, so that the same training
 * gives the same bytes.
 *
 * @param format version of the release format, {@value #FORMAT}
 * @param files SHA-256 by file name, for every file but the manifest and a signature
 * @param training facts of the training (seed, steps, dataset digest), as text
 */
public record Manifest(
        int format,
        String name,
        Map<String, String> files,
        Recipe recipe,
        Encoder encoder,
        Text text,
        Map<String, String> training) {

    public static final int FORMAT = 1;

    /**
     * The image encoder: input {@code pixels} uint8 {@code [n, side, side, 3]} RGB, output {@code
     * embedding} float {@code [n, dimensions]} of unit length.
     *
     * @param orientations in which its graph looks at every cell; 1 is upright alone. A run on n
     *     cells needs the memory and the time of that many times n pictures
     */
    public record Encoder(String file, int inputSide, int dimensions, int orientations) {

        /** Looks at cells as they come. */
        public Encoder(String file, int inputSide, int dimensions) {
            this(file, inputSide, dimensions, 1);
        }

        /** Cells in a run that shows the network at most so many pictures; at least one. */
        public int cellsIn(int pictures) {
            return Math.max(1, pictures / orientations);
        }
    }

    /**
     * The text projection: input {@code text} float {@code [n, 384]}, output {@code embedding}
     * float {@code [n, dimensions]}; the tower comes from its jar.
     */
    public record Text(String projection, String tower, String towerSha256) {}

    public Manifest {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        training = Collections.unmodifiableMap(new TreeMap<>(training));
    }
}
