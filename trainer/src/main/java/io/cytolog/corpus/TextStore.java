// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import io.cytolog.image.ImageBytes;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.MiniLmTextTower;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.IntConsumer;

/** Texts through the frozen tower, kept in a file so that only the first run pays for it. */
public final class TextStore {

    private final Path cacheFolder;
    private final MiniLmTextTower tower;

    public TextStore(Path cacheFolder, MiniLmTextTower tower) {
        this.cacheFolder = cacheFolder;
        this.tower = tower;
    }

    /** The tower with its thread count set. */
    public static MiniLmTextTower tower(int threads) {
        return MiniLmTextTower.open(new InferenceThreads(threads));
    }

    /** Vectors of the texts, row after row. */
    public float[] vectors(List<String> texts, IntConsumer progress) throws CorpusException {
        String all = tower.sha256() + "\n" + String.join("\n", texts);
        String key = ImageBytes.wrap(all.getBytes(StandardCharsets.UTF_8)).sha256();
        Path file = cacheFolder.resolve("texts-" + key.substring(0, 16) + ".bin");
        try {
            if (!Files.isRegularFile(file)) {
                write(file, texts, progress);
            }
            float[] vectors = new float[texts.size() * MiniLmTextTower.DIMENSIONS];
            ByteBuffer.wrap(Files.readAllBytes(file)).asFloatBuffer().get(vectors);
            progress.accept(texts.size());
            return vectors;
        } catch (IOException e) {
            throw new CorpusException(
                    "text cache %s cannot be used: %s; free space or give another --out"
                            .formatted(file, e));
        }
    }

    private void write(Path file, List<String> texts, IntConsumer progress) throws IOException {
        Files.createDirectories(cacheFolder);
        ByteBuffer bytes =
                ByteBuffer.allocate(texts.size() * MiniLmTextTower.DIMENSIONS * Float.BYTES);
        for (int i = 0; i < texts.size(); i++) {
            bytes.asFloatBuffer().put(tower.embed(texts.get(i)));
            bytes.position(bytes.position() + MiniLmTextTower.DIMENSIONS * Float.BYTES);
            progress.accept(i + 1);
        }
        Path part =
                file.resolveSibling(
                        "%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
        Files.write(part, bytes.array());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
