// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import static io.cytolog.onnx.RandomBank.SIDE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Int8EncoderTest {

    private static final InferenceThreads ONE = new InferenceThreads(1);
    private static final int WIDTH = 64;

    private final Random random = new Random(3);
    private final List<CellPixels> cells = new RandomBank(4, WIDTH).cells(24);

    @Test
    void multipliesBytesInEveryLinearLayerButTheLast() throws Exception {
        List<String> operators = operators(Int8Encoder.of(encoder(), SIDE, cells, ONE));
        assertThat(operators.stream().filter("MatMul"::equals)).hasSize(3);
        assertThat(operators.stream().filter("QuantizeLinear"::equals)).hasSize(2);
    }

    @Test
    void staysCloseToTheFloatEncoder() throws Exception {
        // Given
        byte[] encoder = encoder();
        byte[] int8 = Int8Encoder.of(encoder, SIDE, cells.subList(0, 8), ONE);

        // When
        List<Embedding> expected = encoded(encoder, cells);
        List<Embedding> seen = encoded(int8, cells);

        // Then
        for (int i = 0; i < cells.size(); i++) {
            assertThat(seen.get(i).similarity(expected.get(i))).isGreaterThan(0.995);
        }
        assertThat(seen.getFirst().values()).isNotEqualTo(expected.getFirst().values());
    }

    @Test
    void doesNotLetCompanyChangeACell() throws Exception {
        // Given: black beside random cells would change scales that are taken from the batch.
        byte[] int8 = Int8Encoder.of(encoder(), SIDE, cells, ONE);
        CellPixels black = new CellPixels(SIDE, new byte[SIDE * SIDE * 3]);

        CellPixels first = cells.getFirst();

        // Then
        assertThat(encoded(int8, List.of(first, black)).getFirst().values())
                .containsExactly(
                        encoded(int8, List.of(first, cells.getLast())).getFirst().values());
    }

    @Test
    void takesFewerCellsThanABatch() throws Exception {
        assertThat(Int8Encoder.of(encoder(), SIDE, cells.subList(0, 3), ONE)).isNotEmpty();
    }

    private static List<Embedding> encoded(byte[] model, List<CellPixels> cells) throws Exception {
        try (OnnxImageEncoder encoder = OnnxImageEncoder.open(model, SIDE, 32, ONE)) {
            return encoder.encode(cells);
        }
    }

    private byte[] encoder() {
        GraphBuilder graph = new GraphBuilder("layers");
        String x = graph.input("pixels", TensorProto.DataType.UINT8, 0, SIDE, SIDE, 3);
        x = graph.node("Cast", List.of(x), GraphBuilder.number("to", 1));
        x = graph.node("Add", List.of(x, graph.floats(-127.5f)));
        x = graph.node("Mul", List.of(x, graph.floats(1 / 64f)));
        x = graph.node("Flatten", List.of(x));
        x = graph.node("Gelu", List.of(linear(graph, x, "one", SIDE * SIDE * 3, WIDTH)));
        x = graph.node("Gelu", List.of(linear(graph, x, "two", WIDTH, 4 * WIDTH)));
        x = linear(graph, x, "three", 4 * WIDTH, WIDTH);
        graph.output(graph.unit(x), "embedding", 0, WIDTH);
        return graph.model();
    }

    private String linear(GraphBuilder graph, String x, String name, int in, int out) {
        float[] weights = new float[in * out];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() / Math.sqrt(in));
        }
        String matrix = graph.weight(name, weights, in, out);
        String product = graph.node("MatMul", List.of(x, matrix));
        return graph.node("Add", List.of(product, graph.floats(new float[out])));
    }

    private static List<String> operators(byte[] model) throws Exception {
        return ModelProto.parseFrom(model).getGraph().getNodeList().stream()
                .map(NodeProto::getOpType)
                .toList();
    }
}
