// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import static io.cytolog.onnx.GraphBuilder.number;

import io.cytolog.network.BlockKind;
import io.cytolog.network.Windows;
import io.cytolog.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Attention in windows as ONNX: the side of the map is known, so how it is cut is written into the
 * graph as constant tables; only the batch stays open. Owned by one call.
 */
final class AttentionGraphs {

    /** In a shape: as the input has it. */
    private static final long SAME = 0;

    private final LayerGraphs layers;
    private final GraphBuilder graph;

    AttentionGraphs(LayerGraphs layers) {
        this.layers = layers;
        this.graph = layers.graph();
    }

    /**
     * @param x normalised {@code [n, side, side, width]}
     */
    String attend(String name, BlockKind kind, String x, int side, int width) {
        List<Windows> cuts = Windows.cuts(kind, side);
        int heads = Windows.heads(width);
        int share = heads / cuts.size();
        String parts = layers.linear(name + ".parts", x);
        parts = shaped(parts, SAME, (long) side * side, 3, heads, width / heads);
        String table = layers.weight(name + ".offsets");
        List<String> results = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            String own = slice(parts, 3, i * share, share);
            String offsets = slice(table, 1, i * share, share);
            results.add(within(cuts.get(i), own, offsets, share, width / heads));
        }
        String joined =
                results.size() == 1
                        ? results.getFirst()
                        : graph.node("Concat", results, number("axis", 2));
        return layers.linear(name + ".project", shaped(joined, SAME, side, side, width));
    }

    private String within(Windows windows, String parts, String table, long heads, long d) {
        long area = windows.area();
        String cut = windows.whole() ? parts : gather(parts, 1, windows.order());
        cut = shaped(cut, SAME, windows.count(), area, 3, heads, d);
        cut = graph.transpose(cut, 3, 0, 1, 4, 2, 5);
        String scale = graph.floats((float) (1 / Math.sqrt(d)));
        String asking = graph.node("Mul", List.of(part(cut, 0), scale));
        String asked = graph.transpose(part(cut, 1), 0, 1, 2, 4, 3);
        String scores = graph.node("MatMul", List.of(asking, asked));
        String bias = graph.transpose(gather(table, 0, windows.offsets()), 1, 0);
        scores = graph.node("Add", List.of(scores, shaped(bias, 1, 1, heads, area, area)));
        if (windows.barred().length > 0) {
            String barred =
                    shaped(graph.floats(windows.barred()), 1, windows.count(), 1, area, area);
            scores = graph.node("Add", List.of(scores, barred));
        }
        String shares = graph.node("Softmax", List.of(scores), number("axis", -1));
        String told = graph.node("MatMul", List.of(shares, part(cut, 2)));
        told = graph.transpose(told, 0, 1, 3, 2, 4);
        told = shaped(told, SAME, windows.count() * area, heads * d);
        return windows.whole() ? told : gather(told, 1, windows.places());
    }

    private String part(String cut, long number) {
        String one = slice(cut, 0, number, 1);
        return graph.node("Squeeze", List.of(one, graph.longs(0)));
    }

    private String slice(String x, long axis, long from, long count) {
        return graph.node(
                "Slice",
                List.of(x, graph.longs(from), graph.longs(from + count), graph.longs(axis)));
    }

    private String gather(String x, long axis, int[] indices) {
        long[] numbers = Arrays.stream(indices).asLongStream().toArray();
        return graph.node("Gather", List.of(x, graph.longs(numbers)), number("axis", axis));
    }

    private String shaped(String x, long... shape) {
        return graph.node("Reshape", List.of(x, graph.longs(shape)));
    }
}
