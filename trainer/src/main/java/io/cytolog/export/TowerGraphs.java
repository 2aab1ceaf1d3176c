// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import static io.cytolog.onnx.GraphBuilder.number;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.cytolog.network.BlockKind;
import io.cytolog.network.ImageTower;
import io.cytolog.network.Layout;
import io.cytolog.network.Orientations;
import io.cytolog.network.Orientations.Orientation;
import io.cytolog.network.TextHead;
import io.cytolog.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.List;

/** The towers of {@code io.cytolog.network} as ONNX graphs, node for node. */
final class TowerGraphs {

    private final Layout layout;
    private final float[] weights;

    /**
     * @param weights flat, already rounded to float16
     */
    TowerGraphs(Layout layout, float[] weights) {
        this.layout = layout;
        this.weights = weights;
    }

    /** The same, of pictures as they come. */
    byte[] image(int side) {
        return image(side, Orientations.UPRIGHT);
    }

    /** uint8 {@code pixels [n, side, side, 3]} to float {@code embedding [n, 256]}. */
    byte[] image(int side, Orientations orientations) {
        GraphBuilder graph = new GraphBuilder("image-encoder");
        LayerGraphs layers = new LayerGraphs(graph, layout, weights);
        String x = graph.input("pixels", TensorProto.DataType.UINT8, 0, side, side, 3);
        x = scaled(graph, spread(graph, x, orientations));
        x = layers.conv("stem.conv", graph.transpose(x, 0, 3, 1, 2), 4, 0, 1);
        x = layers.norm("stem.norm", graph.transpose(x, 0, 2, 3, 1));
        int mapSide = side / 4;
        for (int s = 0; s < layout.stages(); s++) {
            if (s > 0) {
                x = graph.transpose(layers.norm("down%d.norm".formatted(s), x), 0, 3, 1, 2);
                x = layers.conv("down%d.conv".formatted(s), x, 2, 0, 1);
                x = graph.transpose(x, 0, 2, 3, 1);
                mapSide /= 2;
            }
            for (int b = 0; b < layout.depth(s); b++) {
                BlockGraph block =
                        new BlockGraph(
                                layers,
                                "stage%d.block%d".formatted(s, b),
                                mapSide,
                                layout.width(s));
                x = block.apply(layout.kind(s, b), x);
            }
        }
        x = graph.node("ReduceMean", List.of(x, graph.longs(1, 2)), number("keepdims", 0));
        x = layers.linear("head.project", layers.norm("head.norm", x));
        x = joined(graph, graph.unit(x), orientations);
        graph.output(x, "embedding", 0, Layout.DIMENSIONS);
        return graph.model();
    }

    /** All pictures in each orientation, one orientation after the other. */
    private static String spread(GraphBuilder graph, String pixels, Orientations orientations) {
        if (orientations.count() == 1) {
            return pixels;
        }
        List<String> turned = new ArrayList<>();
        for (Orientation to : orientations.all()) {
            String x = to.transposed() ? graph.transpose(pixels, 0, 2, 1, 3) : pixels;
            x = to.rows() ? reversed(graph, x, 1) : x;
            turned.add(to.columns() ? reversed(graph, x, 2) : x);
        }
        return graph.node("Concat", turned, number("axis", 0));
    }

    private static String reversed(GraphBuilder graph, String x, long axis) {
        String first = graph.longs(-1);
        String beforeLast = graph.longs(Long.MIN_VALUE);
        return graph.node(
                "Slice", List.of(x, first, beforeLast, graph.longs(axis), graph.longs(-1)));
    }

    private static String joined(GraphBuilder graph, String spread, Orientations orientations) {
        if (orientations.count() == 1) {
            return spread;
        }
        String shape = graph.longs(orientations.count(), -1, Layout.DIMENSIONS);
        String byOrientation = graph.node("Reshape", List.of(spread, shape));
        List<String> overOrientations = List.of(byOrientation, graph.longs(0));
        return graph.unit(graph.node("ReduceMean", overOrientations, number("keepdims", 0)));
    }

    /** float {@code text [n, 384]} to float {@code embedding [n, 256]}. */
    byte[] text() {
        GraphBuilder graph = new GraphBuilder("text-projection");
        LayerGraphs layers = new LayerGraphs(graph, layout, weights);
        String x = graph.input("text", TensorProto.DataType.FLOAT, 0, Layout.TEXT_INPUT);
        x = graph.node("Mul", List.of(x, graph.floats((float) TextHead.SPREAD)));
        x = graph.node("Gelu", List.of(layers.linear("text.hidden", x)));
        graph.output(
                graph.unit(layers.linear("text.project", x)), "embedding", 0, Layout.DIMENSIONS);
        return graph.model();
    }

    /** uint8 pixels, channels last, as floats with the tower's mean and deviation. */
    static String scaled(GraphBuilder graph, String pixels) {
        return normalised(
                graph,
                graph.node(
                        "Cast",
                        List.of(pixels),
                        number("to", TensorProto.DataType.FLOAT.getNumber())));
    }

    private static String normalised(GraphBuilder graph, String x) {
        float[] factors = new float[3];
        float[] offsets = new float[3];
        for (int c = 0; c < 3; c++) {
            factors[c] = 1 / (255 * ImageTower.DEVIATION[c]);
            offsets[c] = -ImageTower.MEAN[c] / ImageTower.DEVIATION[c];
        }
        String scaled = graph.node("Mul", List.of(x, graph.floats(factors)));
        return graph.node("Add", List.of(scaled, graph.floats(offsets)));
    }

    /**
     * One residual block.
     *
     * @param side of the map, positions
     */
    private record BlockGraph(LayerGraphs layers, String name, int side, int width) {

        String apply(BlockKind kind, String x) {
            return switch (kind) {
                case CONVOLUTION -> sum(x, convolution(x));
                case WINDOW, SHIFTED_WINDOW -> {
                    String met = sum(x, attention(kind, layers.norm(name + ".attend.norm", x)));
                    yield sum(met, mixed(met));
                }
                case GATED_WINDOWS -> {
                    String seen = sum(x, convolution(x));
                    String normal = layers.norm(name + ".attend.norm", seen);
                    String gate = layers.linear(name + ".gate", normal);
                    gate = layers.graph().node("Sigmoid", List.of(gate));
                    yield sum(
                            seen,
                            layers.graph().node("Mul", List.of(attention(kind, normal), gate)));
                }
            };
        }

        private String sum(String x, String branch) {
            return layers.graph().node("Add", List.of(x, branch));
        }

        private String attention(BlockKind kind, String normal) {
            return new AttentionGraphs(layers).attend(name + ".attend", kind, normal, side, width);
        }

        private String convolution(String x) {
            String y = layers.graph().transpose(x, 0, 3, 1, 2);
            y = layers.conv(name + ".depthwise", y, 1, 3, width);
            y = layers.norm(name + ".norm", layers.graph().transpose(y, 0, 2, 3, 1));
            y = layers.graph().node("Gelu", List.of(layers.linear(name + ".expand", y)));
            return layers.linear(name + ".reduce", layers.respond(name + ".grn", y));
        }

        private String mixed(String x) {
            String y = layers.linear(name + ".expand", layers.norm(name + ".norm", x));
            return layers.linear(name + ".reduce", layers.graph().node("Gelu", List.of(y)));
        }
    }
}
