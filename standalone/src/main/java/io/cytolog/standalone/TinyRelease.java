// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.cytolog.bank.Calibration;
import io.cytolog.bank.Finding;
import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.release.GoldenVectors;
import io.cytolog.release.ReleaseContent;
import io.cytolog.release.ReleaseId;
import io.cytolog.release.ReleaseWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A release of a few kilobytes whose encoder is a cell's mean colour: real ONNX and a real folder,
 * so that the plumbing is tested as it is, without the shipped weights.
 */
public final class TinyRelease {

    private static final int SIDE = 32;
    private static final String CELL = "lymphocyte";

    private TinyRelease() {}

    /** Writes it into a folder, which is made. */
    public static ReleaseId write(Path folder) throws IOException {
        return write(folder, "tiny");
    }

    /** Writes it under another name, which gives it another id. */
    public static ReleaseId write(Path folder, String name) throws IOException {
        var bank =
                new SentenceBank(
                        "tiny-1",
                        List.of(finding(CELL, false), finding("blast", true)),
                        List.of(sentence("s-violet", CELL), sentence("s-dark", "blast")),
                        List.of(towards(0.6f, -0.4f, 0.7f), towards(-0.6f, -0.6f, -0.5f)));
        var grey = new byte[SIDE * SIDE * 3];
        Arrays.fill(grey, (byte) 200);
        return ReleaseWriter.write(
                folder,
                new ReleaseContent(
                        name,
                        new Recipe(SIDE, 256, 1.5, 0, 8),
                        imageEncoder(),
                        1,
                        new byte[] {0},
                        "none",
                        "0".repeat(64),
                        bank,
                        new Calibration(10, -1, 0, 0, 2, 0.5),
                        bank.embeddings(),
                        new GoldenVectors(
                                List.of(new CellPixels(SIDE, grey)),
                                List.of(towards(1, 1, 1)),
                                1e-3),
                        "A release for tests; it knows nothing of cells.",
                        Map.of()));
    }

    private static Finding finding(String id, boolean reviewRequired) {
        return new Finding(id, id, Finding.Level.CELL, reviewRequired, List.of());
    }

    private static Sentence sentence(String id, String finding) {
        return new Sentence(
                id, "The colour of a " + finding + ".", Sentence.Role.FINDING, finding, "", "");
    }

    private static Embedding towards(float r, float g, float b) {
        return Embedding.normalised(new float[] {r, g, b});
    }

    /** normalise(mean over the pixels - 127.5). */
    private static byte[] imageEncoder() {
        var axes =
                AttributeProto.newBuilder()
                        .setName("axes")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(1)
                        .addInts(2);
        var graph =
                GraphProto.newBuilder()
                        .setName("mean-colour")
                        .addInput(value("pixels", TensorProto.DataType.UINT8, SIDE, SIDE, 3))
                        .addOutput(value("embedding", TensorProto.DataType.FLOAT, 3))
                        .addInitializer(
                                TensorProto.newBuilder()
                                        .setName("centre")
                                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                                        .setRawData(ByteString.copyFrom(littleEndian(127.5f))))
                        .addNode(
                                node("Cast", "pixels", "float")
                                        .addAttribute(
                                                number("to", TensorProto.DataType.FLOAT_VALUE)))
                        .addNode(
                                node("ReduceMean", "float", "mean")
                                        .addAttribute(axes)
                                        .addAttribute(number("keepdims", 0)))
                        .addNode(node("Sub", "mean", "centred").addInput("centre"))
                        .addNode(
                                node("LpNormalization", "centred", "embedding")
                                        .addAttribute(number("axis", 1))
                                        .addAttribute(number("p", 2)));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static NodeProto.Builder node(String operator, String input, String output) {
        return NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(output);
    }

    private static AttributeProto.Builder number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value);
    }

    private static ValueInfoProto.Builder value(
            String name, TensorProto.DataType type, int... dimensionsAfterBatch) {
        var shape =
                TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("n"));
        for (int dimension : dimensionsAfterBatch) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(type.getNumber())
                                                .setShape(shape)));
    }

    private static byte[] littleEndian(float value) {
        return ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array();
    }
}
