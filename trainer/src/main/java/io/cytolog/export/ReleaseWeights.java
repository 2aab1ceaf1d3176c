// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.cytolog.evaluate.Evaluator;
import io.cytolog.network.Backbone;
import io.cytolog.network.Layout;
import io.cytolog.network.Orientations;
import io.cytolog.network.Parameter;
import io.cytolog.network.Weights;
import io.cytolog.release.Release;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The weights of a release, back in the order that training takes them in. Stateless. */
public final class ReleaseWeights {

    private ReleaseWeights() {}

    /** The backbone that the release's manifest names; empty when it names none of this trainer. */
    public static Optional<Backbone> backbone(Release release) {
        return Arrays.stream(Backbone.Size.values())
                .flatMap(
                        size ->
                                Arrays.stream(Backbone.Deep.values())
                                        .map(deep -> new Backbone(size, deep)))
                .filter(backbone -> backbone.encoderName().equals(release.manifest().name()))
                .findFirst();
    }

    /** The orientations in which the release looks at a cell. */
    public static Orientations orientations(Release release) {
        return new Orientations(release.manifest().encoder().orientations());
    }

    /**
     * Both towers and the logit scale, flat; the towers as they were rounded for the release.
     *
     * @param seed of what a release does not hold
     * @throws ExportException when the release's graphs lack a weight or have it in another shape
     */
    public static float[] flat(Release release, Layout layout, long seed)
            throws ExportException, IOException {
        Map<String, TensorProto> tensors = new HashMap<>();
        for (var file : List.of(release.imageEncoder(), release.textProjection())) {
            ModelProto.parseFrom(Files.readAllBytes(file))
                    .getGraph()
                    .getInitializerList()
                    .forEach(tensor -> tensors.put(tensor.getName(), tensor));
        }
        float[] flat = Weights.initial(layout, seed);
        List<String> faults = new ArrayList<>();
        for (Parameter parameter : layout.parameters()) {
            if (parameter.name().equals(Layout.LOGIT_SCALE)) {
                scale(release).ifPresent(s -> flat[Math.toIntExact(parameter.offset())] = s);
            } else if (!parameter.name().equals(Layout.LOGIT_BIAS)
                    && !Layout.auxiliary(parameter)) {
                TensorProto tensor = tensors.get(parameter.name());
                if (tensor == null || !fits(tensor, parameter)) {
                    faults.add(parameter.name());
                } else {
                    copy(tensor, parameter, flat);
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new ExportException(
                    "release %s has no weights for %d of this network's parameters, the first is %s; give a release of this trainer, in floats"
                            .formatted(release.id(), faults.size(), faults.getFirst()));
        }
        return flat;
    }

    private static Optional<Float> scale(Release release) {
        return Optional.ofNullable(release.manifest().training().get(Evaluator.LOGIT_SCALE))
                .map(text -> (float) Math.log(Double.parseDouble(text)));
    }

    /** Linear layers stand turned in a graph. */
    private static boolean turned(Parameter parameter) {
        return parameter.shape().length == 2 && parameter.name().endsWith(".weight");
    }

    private static boolean fits(TensorProto tensor, Parameter parameter) {
        List<Long> shape =
                new ArrayList<>(Arrays.stream(parameter.shape()).asLongStream().boxed().toList());
        return tensor.getDataType() == TensorProto.DataType.FLOAT16.getNumber()
                && tensor.getDimsList().equals(turned(parameter) ? shape.reversed() : shape)
                && tensor.getRawData().size() == parameter.size() * Short.BYTES;
    }

    private static void copy(TensorProto tensor, Parameter parameter, float[] into) {
        ByteBuffer values =
                tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int from = Math.toIntExact(parameter.offset());
        int size = Math.toIntExact(parameter.size());
        int out = parameter.shape()[0];
        int in = size / out;
        for (int i = 0; i < size; i++) {
            int place = turned(parameter) ? i % out * in + i / out : i;
            into[from + place] = Float.float16ToFloat(values.getShort());
        }
    }
}
