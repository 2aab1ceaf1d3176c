// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Named views of a flat weight tensor; one backward pass fills one flat gradient. Large products
 * may compute in a rougher type, with weights rounded to it; all else stays in float32.
 */
public final class Weights {

    private final Map<String, Tensor> exact = new HashMap<>();
    private final Map<String, Tensor> rough = new HashMap<>();
    private final Optional<Learnt> learnt;

    /** What layers collect gradients for. */
    private record Learnt(Layout layout, Tensor leaf) {}

    /** Everything in float32. */
    public Weights(Layout layout, Tensor flat) {
        this(layout.parameters(), flat);
    }

    /** Everything in float32, of any network. */
    public Weights(List<Parameter> parameters, Tensor flat) {
        this.learnt = Optional.empty();
        split(parameters, flat, exact);
        rough.putAll(exact);
    }

    /**
     * Splits a flat tensor; the views belong to the caller's pointer scope and to the graph of the
     * current step.
     *
     * @param bfloat16 whether products compute in bfloat16
     */
    public Weights(Layout layout, Tensor flat, boolean bfloat16) {
        this(layout, flat, bfloat16, Optional.empty());
    }

    private Weights(Layout layout, Tensor flat, boolean bfloat16, Optional<Learnt> learnt) {
        this.learnt = learnt;
        split(layout.parameters(), flat, exact);
        if (bfloat16) {
            split(layout.parameters(), flat.to(torch.ScalarType.BFloat16), rough);
        } else {
            rough.putAll(exact);
        }
    }

    /**
     * As {@link #Weights(Layout, Tensor, boolean)}, for a backward pass that adds to the gradient
     * of {@code leaf}: layers that know a quicker way than LibTorch to the gradient of a weight
     * take it there themselves.
     *
     * @param leaf flat, takes a gradient
     */
    public static Weights learnt(Layout layout, Tensor leaf, boolean bfloat16) {
        return new Weights(layout, leaf, bfloat16, Optional.of(new Learnt(layout, leaf)));
    }

    /** Whether layers may add gradients themselves. */
    boolean collecting() {
        return learnt.isPresent();
    }

    /** Adds to the gradient of a weight; during a backward pass, on its thread. */
    void collect(String name, Tensor gradient) {
        Learnt into = learnt.orElseThrow();
        if (!into.leaf().grad().defined()) {
            into.leaf().mutable_grad().put(torch.zeros_like(into.leaf()));
        }
        Parameter parameter = into.layout().parameter(name).orElseThrow();
        into.leaf()
                .grad()
                .narrow(0, parameter.offset(), parameter.size())
                .add_(gradient.reshape(parameter.size()));
    }

    /** The weight of that name, in float32. */
    public Tensor get(String name) {
        return named(name, exact);
    }

    /** The weight of that name as products take it. */
    Tensor rough(String name) {
        return named(name, rough);
    }

    private static Tensor named(String name, Map<String, Tensor> byName) {
        Tensor tensor = byName.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the network has no weight " + name);
        }
        return tensor;
    }

    private static void split(List<Parameter> parameters, Tensor flat, Map<String, Tensor> into) {
        long[] sizes = parameters.stream().mapToLong(Parameter::size).toArray();
        TensorVector parts = flat.split_with_sizes(sizes, 0);
        for (int i = 0; i < sizes.length; i++) {
            Parameter parameter = parameters.get(i);
            long[] shape = java.util.Arrays.stream(parameter.shape()).asLongStream().toArray();
            into.put(parameter.name(), parts.get(i).view(shape));
        }
    }

    /** First values for training from nothing; the same seed gives the same values. */
    public static float[] initial(Layout layout, long seed) {
        return initial(layout.parameters(), seed);
    }

    /** The same of any network. */
    public static float[] initial(List<Parameter> parameters, long seed) {
        long size = parameters.stream().mapToLong(Parameter::size).sum();
        float[] flat = new float[Math.toIntExact(size)];
        Random random = new Random(seed);
        for (Parameter parameter : parameters) {
            int from = Math.toIntExact(parameter.offset());
            for (int i = from; i < from + parameter.size(); i++) {
                flat[i] = first(parameter, random);
            }
        }
        return flat;
    }

    private static float first(Parameter parameter, Random random) {
        return switch (parameter.start()) {
            case NORMAL -> 0.02f * cutNormal(random);
            case FAN_IN -> (float) (cutNormal(random) / Math.sqrt(parameter.fanIn()));
            case ONE -> 1;
            case ZERO -> 0;
            case GATE -> -4;
            case LOGIT_SCALE -> (float) Math.log(1 / 0.07);
            case LOGIT_BIAS -> -10;
        };
    }

    private static float cutNormal(Random random) {
        double value = random.nextGaussian();
        while (Math.abs(value) > 2) {
            value = random.nextGaussian();
        }
        return (float) value;
    }
}
