// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import io.cytolog.network.Parameter.Start;
import java.util.ArrayList;
import java.util.List;

/**
 * Names and places of every weight of both towers in one flat vector, so that optimiser, average,
 * checkpoint and export see plain vectors. Image tower: ConvNeXt V2 (Woo et al. 2023); text head: a
 * projection of two layers on the frozen sentence embedding. Immutable.
 */
public final class Layout {

    /** Length of an embedding. */
    public static final int DIMENSIONS = 256;

    /** Length of the frozen text tower's embedding. */
    public static final int TEXT_INPUT = 384;

    static final int TEXT_HIDDEN = 512;
    static final int KERNEL = 7;

    private final int[] depths;
    private final int[] widths;
    private final List<Parameter> parameters = new ArrayList<>();
    private long size;

    private Layout(int[] depths, int[] widths) {
        this.depths = depths.clone();
        this.widths = widths.clone();
        image();
        text();
        add("logit_scale", Start.LOGIT_SCALE, false, 1);
    }

    /** ConvNeXt V2 "atto": 3.4 million weights. */
    public static Layout atto() {
        return new Layout(new int[] {2, 2, 6, 2}, new int[] {40, 80, 160, 320});
    }

    /** The same shape, as small as it goes; for tests. */
    public static Layout tiny() {
        return new Layout(new int[] {1, 1, 1, 1}, new int[] {8, 8, 16, 16});
    }

    public int stages() {
        return depths.length;
    }

    public int depth(int stage) {
        return depths[stage];
    }

    public int width(int stage) {
        return widths[stage];
    }

    public int blocks() {
        return java.util.Arrays.stream(depths).sum();
    }

    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /** Elements of the flat vector. */
    public long size() {
        return size;
    }

    private void image() {
        fanned("stem.conv", widths[0], 3, 4, 4);
        norm("stem.norm", widths[0]);
        for (int s = 0; s < depths.length; s++) {
            int width = widths[s];
            if (s > 0) {
                norm("down%d.norm".formatted(s), widths[s - 1]);
                fanned("down%d.conv".formatted(s), width, widths[s - 1], 2, 2);
            }
            for (int b = 0; b < depths[s]; b++) {
                block("stage%d.block%d".formatted(s, b), width);
            }
        }
        norm("head.norm", widths[widths.length - 1]);
        fanned("head.project", DIMENSIONS, widths[widths.length - 1]);
    }

    private void block(String name, int width) {
        add(name + ".depthwise.weight", Start.FAN_IN, true, width, 1, KERNEL, KERNEL);
        add(name + ".depthwise.bias", Start.ZERO, false, width);
        norm(name + ".norm", width);
        fanned(name + ".expand", 4 * width, width);
        add(name + ".grn.gamma", Start.ZERO, false, 4 * width);
        add(name + ".grn.beta", Start.ZERO, false, 4 * width);
        weight(name + ".reduce", width, 4 * width);
    }

    private void text() {
        add("text.hidden.weight", Start.FAN_IN, true, TEXT_HIDDEN, TEXT_INPUT);
        add("text.hidden.bias", Start.ZERO, false, TEXT_HIDDEN);
        add("text.project.weight", Start.FAN_IN, true, DIMENSIONS, TEXT_HIDDEN);
        add("text.project.bias", Start.ZERO, false, DIMENSIONS);
    }

    /**
     * Starts wider than ConvNeXt's 0.02, which takes longer than an hour of one core to outgrow.
     */
    private void fanned(String name, int... shape) {
        add(name + ".weight", Start.FAN_IN, true, shape);
        add(name + ".bias", Start.ZERO, false, shape[0]);
    }

    private void weight(String name, int... shape) {
        add(name + ".weight", Start.NORMAL, true, shape);
        add(name + ".bias", Start.ZERO, false, shape[0]);
    }

    private void norm(String name, int width) {
        add(name + ".weight", Start.ONE, false, width);
        add(name + ".bias", Start.ZERO, false, width);
    }

    private void add(String name, Start start, boolean decays, int... shape) {
        Parameter parameter = new Parameter(name, shape, size, start, decays);
        parameters.add(parameter);
        size += parameter.size();
    }
}
