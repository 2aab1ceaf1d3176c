// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.network.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A trunk that has learnt from pictures without labels.
 *
 * @param identity names data, recipe and backbone; training starts only from its own
 * @param steps that it was trained for
 * @param trunk flat, the first values of every layout of that backbone
 */
public record Pretrained(String identity, int steps, float[] trunk) {

    /** The trunk of a finished or interrupted pre-training, its running average. */
    public static Pretrained of(String identity, Layout layout, Checkpoint from) {
        float[] trunk = Arrays.copyOf(from.average(), Math.toIntExact(layout.trunkSize()));
        return new Pretrained(identity, from.steps(), trunk);
    }

    /** The state in which training begins: this trunk, the rest as in {@code nothing}. */
    public Checkpoint start(Layout layout, Checkpoint nothing) {
        if (trunk.length != layout.trunkSize()) {
            throw new IllegalArgumentException(
                    "a trunk of %,d weights does not fit one of %,d"
                            .formatted(trunk.length, layout.trunkSize()));
        }
        float[] weights = nothing.weights().clone();
        System.arraycopy(trunk, 0, weights, 0, trunk.length);
        return Checkpoint.starting(weights, nothing.identity());
    }

    /** Written as a checkpoint without moments. */
    public void write(Path file) throws IOException {
        float[] none = {};
        new Checkpoint(identity, steps, trunk, none, none, none).write(file);
    }

    /**
     * @throws IOException also when the file is none
     */
    public static Pretrained read(Path file) throws IOException {
        Checkpoint read = Checkpoint.read(file);
        if (read.average().length != 0) {
            throw new IOException("a checkpoint of training, not of pre-training");
        }
        return new Pretrained(read.identity(), read.steps(), read.weights());
    }
}
