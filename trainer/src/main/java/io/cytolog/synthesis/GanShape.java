// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import io.cytolog.network.Parameter;
import io.cytolog.network.Parameter.Start;
import java.util.ArrayList;
import java.util.List;

/**
 * Names and places of the weights of generator and discriminator, each in a flat vector of its own.
 * After R3GAN (Huang et al. 2024, "The GAN is dead; long live the GAN! A Modern GAN Baseline"),
 * scaled to cells of 64 px: residual blocks of a 1x1, a grouped 3x3 and a 1x1 convolution whose
 * last one starts at zero, no normalisation, from 4x4 to the full side. Beyond R3GAN the
 * discriminator is told how much the cells of a set differ (minibatch standard deviation, Karras et
 * al. 2018): with few pictures a step the loss alone did not keep the generator from drawing one
 * picture a class. Immutable.
 *
 * @param widths channels of the stages, from 4x4 to the full side
 * @param classes findings that it is told apart by
 */
public record GanShape(List<Integer> widths, int classes) {

    /** Length of the noise and of a class's embedding. */
    static final int NOISE = 64;

    static final int SMALLEST_SIDE = 4;

    /** Cells of one class that stand side by side in a batch, and are judged as a set, too. */
    static final int SET = 4;

    /** How much wider a block is inside. */
    static final int EXPANSION = 2;

    private static final int GROUP = 16;

    public GanShape {
        widths = List.copyOf(widths);
        for (int width : widths) {
            if (width * EXPANSION % GROUP != 0) {
                throw new IllegalArgumentException(
                        "a width of %d is no multiple of %d".formatted(width, GROUP / EXPANSION));
            }
        }
        if (widths.isEmpty() || classes < 1) {
            throw new IllegalArgumentException("a GAN has at least one stage and one class");
        }
    }

    /**
     * For cells of 64 px: 0.4 million weights each. Narrow where the map is large, since a step is
     * to take a second of one core.
     */
    public static GanShape standard(int classes) {
        return new GanShape(List.of(128, 128, 64, 32, 16), classes);
    }

    /** Side of its pictures, pixels. */
    public int side() {
        return SMALLEST_SIDE << (widths.size() - 1);
    }

    /** Groups of the 3x3 convolution of a stage. */
    int groups(int stage) {
        return widths.get(stage) * EXPANSION / GROUP;
    }

    List<Parameter> generator() {
        Places places = new Places();
        int first = widths.getFirst();
        places.add("classes", Start.FAN_IN, classes, NOISE);
        places.add("basis", Start.FAN_IN, first, SMALLEST_SIDE, SMALLEST_SIDE);
        places.add("noise", Start.FAN_IN, first, 2 * NOISE);
        for (int s = 0; s < widths.size(); s++) {
            if (s > 0) {
                places.add("up" + s, Start.FAN_IN, widths.get(s), widths.get(s - 1), 1, 1);
            }
            places.block("stage" + s, widths.get(s));
        }
        places.add("rgb.weight", Start.FAN_IN, 3, widths.getLast(), 1, 1);
        places.add("rgb.bias", Start.ZERO, 3);
        return places.parameters;
    }

    List<Parameter> discriminator() {
        Places places = new Places();
        int first = widths.getFirst();
        places.add("rgb.weight", Start.FAN_IN, widths.getLast(), 3, 1, 1);
        places.add("rgb.bias", Start.ZERO, widths.getLast());
        for (int s = widths.size() - 1; s >= 0; s--) {
            places.block("stage" + s, widths.get(s));
            if (s > 0) {
                places.add("down" + s, Start.FAN_IN, widths.get(s - 1), widths.get(s), 1, 1);
            }
        }
        places.add("basis", Start.FAN_IN, first, 1, SMALLEST_SIDE, SMALLEST_SIDE);
        places.add("head.weight", Start.FAN_IN, NOISE, first + 1);
        places.add("head.bias", Start.ZERO, NOISE);
        places.add("classes", Start.FAN_IN, classes, NOISE);
        return places.parameters;
    }

    private static final class Places {
        private final List<Parameter> parameters = new ArrayList<>();
        private long size;

        void add(String name, Start start, int... shape) {
            Parameter parameter = new Parameter(name, shape, size, start, false);
            parameters.add(parameter);
            size += parameter.size();
        }

        void block(String name, int width) {
            int inside = width * EXPANSION;
            add(name + ".expand", Start.FAN_IN, inside, width, 1, 1);
            add(name + ".expand.bias", Start.ZERO, inside);
            add(name + ".mix", Start.FAN_IN, inside, GROUP, 3, 3);
            add(name + ".mix.bias", Start.ZERO, inside);
            add(name + ".reduce", Start.ZERO, width, inside, 1, 1);
        }
    }
}
