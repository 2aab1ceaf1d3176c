// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.release;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxImageEncoder;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The shipped release with another side of its input, to see what the size of the work does to each
 * row. The encoder is convolutional up to its pooling, so its weights fit any side; what it says at
 * a side that it was not trained on means nothing and is not looked at.
 */
public final class SizedRelease {

    private static final String PIXELS = "pixels";
    private static final String MANIFEST = "manifest.json";
    private static final String GOLDEN_PIXELS = "golden-pixels.bin";
    private static final String GOLDEN_EMBEDDINGS = "golden-embeddings.bin";
    private static final int GOLDEN_BATCH = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private SizedRelease() {}

    /** The release itself where it has that side, else one derived below {@code work}. */
    public static Path of(Path release, int side, Path work) throws Exception {
        Release shipped = ReleaseReader.read(release);
        if (shipped.manifest().encoder().inputSide() == side) {
            return release;
        }
        Path folder =
                work.resolve(
                        "release-%s-%d".formatted(shipped.id().value().substring(0, 12), side));
        if (!Files.exists(folder.resolve(MANIFEST))) {
            derive(shipped, side, folder);
        }
        return folder;
    }

    private static void derive(Release shipped, int side, Path folder) throws Exception {
        Files.createDirectories(folder);
        copy(shipped.folder(), folder);
        String encoder = shipped.manifest().encoder().file();
        byte[] model = sized(Files.readAllBytes(folder.resolve(encoder)), side);
        List<CellPixels> pixels =
                shipped.golden().pixels().stream().map(cell -> sized(cell, side)).toList();
        Files.write(folder.resolve(encoder), model);
        Files.write(folder.resolve(GOLDEN_PIXELS), bytes(pixels));
        Files.write(folder.resolve(GOLDEN_EMBEDDINGS), golden(model, side, pixels));
        ObjectNode manifest =
                (ObjectNode) JSON.readTree(shipped.folder().resolve(MANIFEST).toFile());
        ((ObjectNode) manifest.get("encoder")).put("inputSide", side);
        ((ObjectNode) manifest.get("recipe")).put("inputSide", side);
        ObjectNode files = (ObjectNode) manifest.get("files");
        for (Map.Entry<String, ?> file : List.copyOf(files.properties())) {
            byte[] content = Files.readAllBytes(folder.resolve(file.getKey()));
            files.put(file.getKey(), ImageBytes.wrap(content).sha256());
        }
        // Last, since its presence says that the folder is whole.
        JSON.writeValue(folder.resolve(MANIFEST).toFile(), manifest);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith(MANIFEST)) {
                    Files.write(
                            to.resolve(file.getFileName().toString()), Files.readAllBytes(file));
                }
            }
        }
    }

    /** The model with another input shape; shapes inside are left for the runtime to infer. */
    private static byte[] sized(byte[] model, int side) throws IOException {
        ModelProto.Builder changed = ModelProto.parseFrom(model).toBuilder();
        GraphProto.Builder graph = changed.getGraphBuilder().clearValueInfo();
        for (int i = 0; i < graph.getInputCount(); i++) {
            if (graph.getInput(i).getName().equals(PIXELS)) {
                TensorShapeProto.Builder shape =
                        graph.getInputBuilder(i)
                                .getTypeBuilder()
                                .getTensorTypeBuilder()
                                .getShapeBuilder();
                shape.getDimBuilder(1).setDimValue(side);
                shape.getDimBuilder(2).setDimValue(side);
            }
        }
        return changed.build().toByteArray();
    }

    /** Nearest neighbour: these pixels only show that an encoder computes the same again. */
    private static CellPixels sized(CellPixels cell, int side) {
        byte[] from = cell.rgb();
        byte[] to = new byte[side * side * 3];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int at = (y * cell.side() / side * cell.side() + x * cell.side() / side) * 3;
                System.arraycopy(from, at, to, (y * side + x) * 3, 3);
            }
        }
        return new CellPixels(side, to);
    }

    private static byte[] golden(byte[] model, int side, List<CellPixels> pixels) throws Exception {
        List<Embedding> embeddings = new ArrayList<>();
        try (OnnxImageEncoder encoder =
                OnnxImageEncoder.open(model, side, GOLDEN_BATCH, new InferenceThreads(1))) {
            for (CellPixels cell : pixels) {
                embeddings.addAll(encoder.encode(List.of(cell)));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Embedding embedding : embeddings) {
            ByteBuffer row =
                    ByteBuffer.allocate(embedding.dimensions() * Float.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN);
            for (float value : embedding.values()) {
                row.putFloat(value);
            }
            out.writeBytes(row.array());
        }
        return out.toByteArray();
    }

    private static byte[] bytes(List<CellPixels> pixels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pixels.forEach(cell -> out.writeBytes(cell.rgb()));
        return out.toByteArray();
    }
}
