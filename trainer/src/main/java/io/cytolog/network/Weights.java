// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Named views of a flat weight tensor; one backward pass fills one flat gradient. */
public final class Weights {

    private final Map<String, Tensor> byName = new HashMap<>();

    /**
     * Splits a flat tensor; the views belong to the caller's pointer scope and to the graph of the
     * current step.
     */
    public Weights(Layout layout, Tensor flat) {
        List<Parameter> parameters = layout.parameters();
        long[] sizes = parameters.stream().mapToLong(Parameter::size).toArray();
        TensorVector parts = flat.split_with_sizes(sizes, 0);
        for (int i = 0; i < sizes.length; i++) {
            Parameter parameter = parameters.get(i);
            long[] shape = java.util.Arrays.stream(parameter.shape()).asLongStream().toArray();
            byName.put(parameter.name(), parts.get(i).view(shape));
        }
    }

    /** The weight of that name. */
    public Tensor get(String name) {
        Tensor tensor = byName.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the network has no weight " + name);
        }
        return tensor;
    }

    /** First values for training from nothing; the same seed gives the same values. */
    public static float[] initial(Layout layout, long seed) {
        float[] flat = new float[Math.toIntExact(layout.size())];
        Random random = new Random(seed);
        for (Parameter parameter : layout.parameters()) {
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
