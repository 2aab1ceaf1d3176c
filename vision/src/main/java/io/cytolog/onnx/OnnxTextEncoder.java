// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.TextEncoder;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Manifest;
import io.cytolog.release.Release;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sentences into the space of a release: the frozen tower, then the release's projection. Owned by
 * one thread.
 */
public final class OnnxTextEncoder implements TextEncoder {

    private static final String INPUT = "text";

    private final MiniLmTextTower tower;
    private final OrtSession projection;

    private OnnxTextEncoder(MiniLmTextTower tower, OrtSession projection) {
        this.tower = tower;
        this.projection = projection;
    }

    /**
     * Opens the tower and a release's projection.
     *
     * @throws InvalidReleaseException when the release was trained against another tower
     */
    public static OnnxTextEncoder open(Release release, InferenceThreads threads)
            throws InvalidReleaseException {
        MiniLmTextTower tower = MiniLmTextTower.open(threads);
        Manifest.Text text = release.manifest().text();
        if (!text.towerSha256().equals(tower.sha256())) {
            tower.close();
            throw new InvalidReleaseException(
                    "release %s needs text tower %s %s, this build has %s"
                            .formatted(
                                    release.folder(),
                                    text.tower(),
                                    text.towerSha256(),
                                    tower.sha256()));
        }
        try {
            byte[] model = Files.readAllBytes(release.textProjection());
            return new OnnxTextEncoder(tower, Sessions.open(model, threads));
        } catch (IOException | OrtException e) {
            tower.close();
            throw new InvalidReleaseException(
                    "the text projection of release %s cannot be loaded: %s"
                            .formatted(release.folder(), e.getMessage()),
                    e);
        }
    }

    @Override
    public List<Embedding> encode(List<String> sentences) {
        List<Embedding> embeddings = new ArrayList<>(sentences.size());
        for (String sentence : sentences) {
            embeddings.add(projected(tower.embed(sentence)));
        }
        return embeddings;
    }

    private Embedding projected(float[] vector) {
        long[] shape = {1, vector.length};
        try (OnnxTensor input =
                        OnnxTensor.createTensor(
                                Sessions.environment(), FloatBuffer.wrap(vector), shape);
                OrtSession.Result result = projection.run(Map.of(INPUT, input))) {
            return Embedding.ofUnit(((float[][]) result.get(0).getValue())[0]);
        } catch (OrtException e) {
            throw new EncoderFailedException("the text projection failed", e);
        }
    }

    @Override
    public void close() {
        tower.close();
        try {
            projection.close();
        } catch (OrtException e) {
            throw new EncoderFailedException("the text projection cannot be closed", e);
        }
    }
}
