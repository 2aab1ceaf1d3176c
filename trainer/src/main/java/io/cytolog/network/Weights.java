// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** Everything in float32. */
    public Weights(Layout layout, Tensor flat) {
        this(layout.parameters(), flat);
    }

    /** Everything in float32, of any network. */
    public Weights(List<Parameter> parameters, Tensor flat) {
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
        split(layout.parameters(), flat, exact);
        if (bfloat16) {
            split(layout.parameters(), flat.to(torch.ScalarType.BFloat16), rough);
        } else {
            rough.putAll(exact);
        }
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
