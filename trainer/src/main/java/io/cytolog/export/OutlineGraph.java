// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import static io.cytolog.onnx.GraphBuilder.numbers;
import static io.cytolog.onnx.GraphBuilder.real;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.cytolog.network.OutlineTower;
import io.cytolog.onnx.GraphBuilder;
import java.util.List;

/** The outline tower as an ONNX graph, node for node. */
public final class OutlineGraph {

    private final GraphBuilder graph = new GraphBuilder("measurement-head");
    private final LayerGraphs layers;

    private OutlineGraph(float[] weights) {
        this.layers = new LayerGraphs(graph, OutlineTower.parameters(), weights);
    }

    /**
     * uint8 {@code pixels [n, side, side, 3]} to probabilities {@code outlines [n, 2, side / 2,
     * side / 2]}.
     *
     * @param weights flat; rounded to float16 in the graph
     */
    public static byte[] of(float[] weights, int side) {
        return new OutlineGraph(weights).model(side);
    }

    private byte[] model(int side) {
        String x = graph.input("pixels", TensorProto.DataType.UINT8, 0, side, side, 3);
        x = graph.transpose(TowerGraphs.scaled(graph, x), 0, 3, 1, 2);
        String[] seen = new String[OutlineTower.WIDTHS.size()];
        for (int s = 0; s < seen.length; s++) {
            x = active(layers.conv("down%d.shrink".formatted(s), x, 2, 1, 1));
            x = active(layers.conv("down%d.mix".formatted(s), x, 1, 1, 1));
            seen[s] = x;
        }
        for (int s = seen.length - 2; s >= 0; s--) {
            String name = "up%d.grow".formatted(s);
            x =
                    graph.node(
                            "ConvTranspose",
                            List.of(
                                    x,
                                    layers.weight(name + ".weight"),
                                    layers.weight(name + ".bias")),
                            numbers("strides", 2, 2));
            x = active(graph.node("Add", List.of(x, seen[s])));
            x = active(layers.conv("up%d.mix".formatted(s), x, 1, 1, 1));
        }
        x = graph.node("Sigmoid", List.of(layers.conv("outline", x, 1, 0, 1)));
        long map = side / OutlineTower.STRIDE;
        graph.output(x, "outlines", 0, OutlineTower.CHANNELS, map, map);
        return graph.model();
    }

    private String active(String x) {
        String bent =
                graph.node("LeakyRelu", List.of(x), real("alpha", (float) OutlineTower.SLOPE));
        return graph.node("Mul", List.of(bent, graph.floats((float) OutlineTower.GAIN)));
    }
}
