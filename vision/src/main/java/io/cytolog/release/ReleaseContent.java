// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import io.cytolog.bank.Calibration;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.Embedding;
import io.cytolog.image.Recipe;
import java.util.List;
import java.util.Map;

/**
 * Everything that goes into a release, before it has an id.
 *
 * @param imageEncoder ONNX bytes, input and output as in {@link Manifest.Encoder}
 * @param orientations in which the image encoder looks at every cell, 1 to 8
 * @param textProjection ONNX bytes, input and output as in {@link Manifest.Text}
 * @param prototypes embeddings that stand for all training cells; no cell of a known kind is far
 *     from all of them
 * @param modelCard Markdown
 * @param training facts of the training, as text; no times, no paths
 */
public record ReleaseContent(
        String name,
        Recipe recipe,
        byte[] imageEncoder,
        int orientations,
        byte[] textProjection,
        String towerName,
        String towerSha256,
        SentenceBank bank,
        Calibration calibration,
        List<Embedding> prototypes,
        GoldenVectors golden,
        String modelCard,
        Map<String, String> training) {

    public ReleaseContent {
        prototypes = List.copyOf(prototypes);
        training = Map.copyOf(training);
    }
}
