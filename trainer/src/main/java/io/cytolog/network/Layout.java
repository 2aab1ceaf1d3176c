// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import io.cytolog.network.Parameter.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names and places of every weight in one flat vector, so that optimiser, average, checkpoint and
 * export see plain vectors. Image tower: ConvNeXt V2 (Woo et al. 2023) or one of its hybrids; text
 * head: a projection of two layers on the frozen sentence embedding. The trunk, which is the image
 * tower without its head, comes first, also where a decoder for pre-training follows. Immutable.
 */
public final class Layout {

    /** Length of an embedding. */
    public static final int DIMENSIONS = 256;

    /** Length of the frozen text tower's embedding. */
    public static final int TEXT_INPUT = 384;

    /** Name of the one weight that scales similarities; the fit keeps it in bounds. */
    public static final String LOGIT_SCALE = "logit_scale";

    /** Name of the one weight that is added to similarities where pairs are judged singly. */
    public static final String LOGIT_BIAS = "logit_bias";

    /** Name of the layer by which training classifies beside its sentences. */
    static final String AUXILIARY = "auxiliary";

    /** Names of the text head's first layer. */
    public static final String TEXT_WEIGHT = "text.hidden.weight";

    public static final String TEXT_BIAS = "text.hidden.bias";

    static final int TEXT_HIDDEN = 512;
    static final int KERNEL = 7;

    /** Channels of the decoder, as published. */
    static final int DECODER = 512;

    /** Blocks at the end of a longer stage before the last that take the deep kind too. */
    private static final int DEEP_TAIL = 2;

    private static final List<String> HIDDEN =
            List.of(".expand", ".reduce", ".parts", ".project", ".gate");

    private static final String SMALLEST = "convnextv2-smallest-minilm";

    private final String encoderName;
    private final List<Integer> depths;
    private final List<Integer> widths;
    private final Backbone.Deep deep;
    private final List<Parameter> parameters = new ArrayList<>();
    private final long trunkSize;
    private final int classes;
    private long size;

    private Layout(
            String encoderName,
            List<Integer> depths,
            List<Integer> widths,
            Backbone.Deep deep,
            boolean autoencoder,
            int classes) {
        this.encoderName = encoderName;
        this.depths = depths;
        this.widths = widths;
        this.deep = deep;
        this.classes = classes;
        trunk();
        this.trunkSize = size;
        if (autoencoder) {
            decoder();
        } else {
            head();
            text();
            add(LOGIT_SCALE, Start.LOGIT_SCALE, false, 1);
            add(LOGIT_BIAS, Start.LOGIT_BIAS, false, 1);
        }
        if (classes > 0) {
            weight(AUXILIARY, classes, widths.getLast());
        }
    }

    /** ConvNeXt V2 "atto": 3.4 million weights. */
    public static Layout atto() {
        return of(Backbone.ATTO);
    }

    /** Both towers, the image tower of that kind. */
    public static Layout of(Backbone backbone) {
        return new Layout(
                backbone.encoderName(),
                backbone.size().depths(),
                backbone.size().widths(),
                backbone.deep(),
                false,
                0);
    }

    /**
     * The same with a linear classifier on the trunk's mean, which trains beside the sentences and
     * is in no release. What was there keeps its place.
     *
     * @param count of logits a cell
     */
    public Layout classifying(int count) {
        return new Layout(encoderName, depths, widths, deep, false, count);
    }

    /** The trunk of that kind and a decoder that paints hidden patches. */
    public static Layout autoencoder(Backbone backbone) {
        return new Layout(
                backbone.encoderName(),
                backbone.size().depths(),
                backbone.size().widths(),
                backbone.deep(),
                true,
                0);
    }

    /** The same shape, as small as it goes; for tests. Not the published size "tiny". */
    public static Layout tiny() {
        return new Layout(
                SMALLEST, List.of(1, 1, 1, 1), List.of(8, 8, 16, 16), Backbone.Deep.CONV, false, 0);
    }

    /** As small as it goes with every kind of block; for tests. */
    public static Layout tiny(Backbone.Deep deep, boolean autoencoder) {
        return new Layout(
                SMALLEST, List.of(1, 1, 3, 2), List.of(8, 8, 16, 16), deep, autoencoder, 0);
    }

    /** As in a release's manifest. */
    public String encoderName() {
        return encoderName;
    }

    public int stages() {
        return depths.size();
    }

    public int depth(int stage) {
        return depths.get(stage);
    }

    public int width(int stage) {
        return widths.get(stage);
    }

    public int blocks() {
        return depths.stream().mapToInt(Integer::intValue).sum();
    }

    /** Pixels, a side, to one position of the last stage's map. */
    public int stride() {
        return 4 << (stages() - 1);
    }

    public BlockKind kind(int stage, int block) {
        int fromEnd = depth(stage) - block;
        boolean tail = stage == stages() - 2 && depth(stage) > DEEP_TAIL && fromEnd <= DEEP_TAIL;
        if (stage != stages() - 1 && !tail) {
            return BlockKind.CONVOLUTION;
        }
        int turn = tail ? DEEP_TAIL - fromEnd : block;
        return switch (deep) {
            case CONV -> BlockKind.CONVOLUTION;
            case SWIN -> turn % 2 == 0 ? BlockKind.WINDOW : BlockKind.SHIFTED_WINDOW;
            case WPAT -> BlockKind.GATED_WINDOWS;
        };
    }

    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /** The weight of that name; empty when the network has none. */
    public Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** Logits a cell of the auxiliary classifier; 0 when there is none. */
    public int classes() {
        return classes;
    }

    /** Whether training alone has a use for that weight, and releases do not hold it. */
    public static boolean auxiliary(Parameter parameter) {
        return parameter.name().startsWith(AUXILIARY);
    }

    /**
     * Whether that is the matrix of a linear map from hidden features to hidden ones, of which
     * blocks, transitions between stages and the head's projection are made. Kernels of single
     * channels, the stem, tables and the text head are not.
     */
    public static boolean hidden(Parameter parameter) {
        String name = parameter.name();
        boolean within =
                name.startsWith("stage")
                        && HIDDEN.stream().anyMatch(kind -> name.endsWith(kind + ".weight"));
        boolean between = name.startsWith("down") && name.endsWith(".conv.weight");
        return within || between || name.equals("head.project.weight");
    }

    /** Elements of the flat vector. */
    public long size() {
        return size;
    }

    /** Elements of the trunk, which come first. */
    public long trunkSize() {
        return trunkSize;
    }

    private void trunk() {
        fanned("stem.conv", widths.getFirst(), 3, 4, 4);
        norm("stem.norm", widths.getFirst());
        for (int s = 0; s < stages(); s++) {
            if (s > 0) {
                norm("down%d.norm".formatted(s), width(s - 1));
                fanned("down%d.conv".formatted(s), width(s), width(s - 1), 2, 2);
            }
            for (int b = 0; b < depth(s); b++) {
                block("stage%d.block%d".formatted(s, b), width(s), kind(s, b));
            }
        }
    }

    private void head() {
        norm("head.norm", widths.getLast());
        fanned("head.project", DIMENSIONS, widths.getLast());
    }

    private void decoder() {
        fanned("decoder.embed", DECODER, widths.getLast());
        add("decoder.token", Start.NORMAL, false, DECODER);
        convolution("decoder.block", DECODER);
        fanned("decoder.paint", stride() * stride() * 3, DECODER);
    }

    private void block(String name, int width, BlockKind kind) {
        switch (kind) {
            case CONVOLUTION -> convolution(name, width);
            case WINDOW, SHIFTED_WINDOW -> {
                attention(name + ".attend", width);
                norm(name + ".norm", width);
                fanned(name + ".expand", 4 * width, width);
                weight(name + ".reduce", width, 4 * width);
            }
            case GATED_WINDOWS -> {
                convolution(name, width);
                attention(name + ".attend", width);
                add(name + ".gate.weight", Start.ZERO, true, width, width);
                add(name + ".gate.bias", Start.GATE, false, width);
            }
        }
    }

    private void convolution(String name, int width) {
        add(name + ".depthwise.weight", Start.FAN_IN, true, width, 1, KERNEL, KERNEL);
        add(name + ".depthwise.bias", Start.ZERO, false, width);
        norm(name + ".norm", width);
        fanned(name + ".expand", 4 * width, width);
        add(name + ".grn.gamma", Start.ZERO, false, 4 * width);
        add(name + ".grn.beta", Start.ZERO, false, 4 * width);
        weight(name + ".reduce", width, 4 * width);
    }

    private void attention(String name, int width) {
        norm(name + ".norm", width);
        fanned(name + ".parts", 3 * width, width);
        add(name + ".offsets", Start.NORMAL, false, Windows.OFFSETS, Windows.heads(width));
        weight(name + ".project", width, width);
    }

    private void text() {
        add(TEXT_WEIGHT, Start.FAN_IN, true, TEXT_HIDDEN, TEXT_INPUT);
        add(TEXT_BIAS, Start.ZERO, false, TEXT_HIDDEN);
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
