// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import io.cytolog.release.GoldenVectors;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseContent;
import io.cytolog.release.ReleaseFiles;
import io.cytolog.release.ReleaseId;
import io.cytolog.release.ReleaseWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a release with another encoder of the same space: bank, thresholds and prototypes stay,
 * the golden embeddings are the new encoder's.
 */
public final class Int8Export {

    private Int8Export() {}

    /**
     * @param encoder that runs the model, for its golden vectors
     * @param remark for the model card
     */
    public static ReleaseId write(
            Path folder, Release from, byte[] model, ImageEncoder encoder, String remark)
            throws IOException {
        Map<String, String> facts = new TreeMap<>(from.manifest().training());
        facts.put("int8 of release", from.id().value());
        String card = Files.readString(from.folder().resolve(ReleaseFiles.MODEL_CARD));
        return ReleaseWriter.write(
                folder,
                new ReleaseContent(
                        from.manifest().name() + "-int8",
                        from.manifest().recipe(),
                        model,
                        from.manifest().encoder().orientations(),
                        Files.readAllBytes(from.textProjection()),
                        from.manifest().text().tower(),
                        from.manifest().text().towerSha256(),
                        from.bank(),
                        from.matcher().verdict().calibration(),
                        from.matcher().prototypes(),
                        golden(from.golden().pixels(), encoder),
                        card + "\n## 8-bit encoder\n\n" + remark + "\n",
                        facts));
    }

    private static GoldenVectors golden(List<CellPixels> pixels, ImageEncoder encoder) {
        List<Embedding> embeddings = new ArrayList<>();
        pixels.forEach(cell -> embeddings.addAll(encoder.encode(List.of(cell))));
        return new GoldenVectors(pixels, embeddings, ReleaseFiles.GOLDEN_TOLERANCE);
    }
}
