// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import static io.cytolog.onnx.GraphBuilder.number;
import static io.cytolog.onnx.GraphBuilder.real;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rewritten graph is the same function without the operators that are slow. */
class EncoderRewriteTest {

    private static final int WIDTH = 40;
    private static final int CELLS = 3;

    private final Random random = new Random(5);

    @Test
    void computesTheSameWithoutSlowOperators() throws Exception {
        // Given
        byte[] block = block();

        // When
        byte[] rewritten = EncoderRewrite.apply(block);

        // Then
        assertThat(operators(block)).contains("LayerNormalization", "ReduceL2");
        assertThat(operators(rewritten)).doesNotContain("LayerNormalization", "ReduceL2");
        assertSameFunction(block, rewritten, 3);
    }

    @Test
    void takesScaleShiftAndBetaIntoTheLinearLayers() throws Exception {
        // When
        byte[] rewritten = EncoderRewrite.apply(block());

        // Then: two biases, gain, residual, two epsilons and the last shift; neither beta nor the
        // first shift.
        assertThat(operators(rewritten).stream().filter("Add"::equals)).hasSize(7);
    }

    @Test
    void keepsANormalisationThatSeveralTake() throws Exception {
        // Given
        GraphBuilder graph = new GraphBuilder("shared");
        String x = input(graph);
        String normal = norm(graph, x);
        String product = linear(graph, normal, "a", WIDTH, WIDTH);
        graph.output(graph.node("Add", List.of(product, normal)), "y", 0, 4, 4, WIDTH);

        // Then
        assertSameFunction(graph.model(), EncoderRewrite.apply(graph.model()), 1);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1, 1000})
    void staysANumberWhereARowIsConstant(float value) throws Exception {
        float[] constant = new float[CELLS * 4 * 4 * WIDTH];
        Arrays.fill(constant, value);
        assertThat(run(EncoderRewrite.apply(block()), constant)).doesNotContain(Float.NaN);
    }

    @Test
    void leavesAnotherGraphAlone() throws Exception {
        byte[] model = TinyModels.imageEncoder(32);
        assertThat(operators(EncoderRewrite.apply(model))).isEqualTo(operators(model));
    }

    /** A ConvNeXt V2 block without its convolution. */
    private byte[] block() {
        GraphBuilder graph = new GraphBuilder("block");
        String x = input(graph);
        String y = linear(graph, norm(graph, x), "expand", WIDTH, 2 * WIDTH);
        y = graph.node("Gelu", List.of(y));
        String length =
                graph.node("ReduceL2", List.of(y, graph.longs(1, 2)), number("keepdims", 1));
        String gain = graph.node("Add", List.of(length, graph.floats(1)));
        y = graph.node("Mul", List.of(y, gain));
        y = graph.node("Add", List.of(y, graph.weight("beta", values(2 * WIDTH), 2 * WIDTH)));
        y = linear(graph, y, "reduce", 2 * WIDTH, WIDTH);
        graph.output(norm(graph, graph.node("Add", List.of(x, y))), "y", 0, 4, 4, WIDTH);
        return graph.model();
    }

    private static String input(GraphBuilder graph) {
        return graph.input("x", TensorProto.DataType.FLOAT, 0, 4, 4, WIDTH);
    }

    private String norm(GraphBuilder graph, String x) {
        String scale = graph.weight("scale" + x, values(WIDTH), WIDTH);
        String shift = graph.weight("shift" + x, values(WIDTH), WIDTH);
        return graph.node(
                "LayerNormalization",
                List.of(x, scale, shift),
                number("axis", -1),
                real("epsilon", 1e-6f));
    }

    private String linear(GraphBuilder graph, String x, String name, int in, int out) {
        String matrix = graph.weight(name + ".weight", values(in * out), in, out);
        String product = graph.node("MatMul", List.of(x, matrix));
        return graph.node("Add", List.of(product, graph.weight(name + ".bias", values(out), out)));
    }

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() / 4;
        }
        return values;
    }

    private void assertSameFunction(byte[] one, byte[] other, float mean) throws Exception {
        float[] x = values(CELLS * 4 * 4 * WIDTH);
        for (int i = 0; i < x.length; i++) {
            x[i] += mean;
        }
        float[] expected = run(one, x);
        float[] seen = run(other, x);
        for (int i = 0; i < expected.length; i++) {
            assertThat(seen[i]).isCloseTo(expected[i], within(2e-4f));
        }
    }

    private static float[] run(byte[] model, float[] x) throws Exception {
        long[] shape = {CELLS, 4, 4, WIDTH};
        try (OrtSession session = Sessions.open(model, new InferenceThreads(1));
                OnnxTensor in =
                        OnnxTensor.createTensor(
                                Sessions.environment(), FloatBuffer.wrap(x), shape);
                OrtSession.Result result = session.run(Map.of("x", in))) {
            FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[y.remaining()];
            y.get(values);
            return values;
        }
    }

    private static List<String> operators(byte[] model) throws Exception {
        return ModelProto.parseFrom(model).getGraph().getNodeList().stream()
                .map(NodeProto::getOpType)
                .toList();
    }
}
