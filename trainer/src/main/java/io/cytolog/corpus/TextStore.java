// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import io.cytolog.image.ImageBytes;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.MiniLmTextTower;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
            int length = texts.size() * MiniLmTextTower.DIMENSIONS;
            Optional<float[]> kept = KeptFloats.read(file, length);
            float[] vectors = kept.isPresent() ? kept.get() : embedded(texts, progress);
            if (kept.isEmpty()) {
                KeptFloats.write(file, vectors);
            }
            progress.accept(texts.size());
            return vectors;
        } catch (IOException e) {
            throw new CorpusException(
                    "text cache %s cannot be used: %s; free space or give another --out"
                            .formatted(file, e));
        }
    }

    private float[] embedded(List<String> texts, IntConsumer progress) {
        float[] vectors = new float[texts.size() * MiniLmTextTower.DIMENSIONS];
        for (int i = 0; i < texts.size(); i++) {
            System.arraycopy(
                    tower.embed(texts.get(i)),
                    0,
                    vectors,
                    i * MiniLmTextTower.DIMENSIONS,
                    MiniLmTextTower.DIMENSIONS);
            progress.accept(i + 1);
        }
        return vectors;
    }
}
