// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.bank.Calibration;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.bank.EncodeThenMatch;
import io.cytolog.bank.Finding;
import io.cytolog.bank.Matcher;
import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.release.GoldenVectors;
import io.cytolog.release.Manifest;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A release in memory that tells red cells from blue ones by their mean colour. */
public final class ColourRelease {

    private static final int SIDE = 32;

    private ColourRelease() {}

    public static Release release() {
        return release(new ReleaseId("a".repeat(64)));
    }

    /** The same under another id. */
    public static Release release(ReleaseId id) {
        return release(id, 1);
    }

    /** The same, of an encoder that says that it looks at a cell so many times. */
    static Release release(ReleaseId id, int orientations) {
        List<Embedding> embeddings =
                List.of(
                        Embedding.normalised(new float[] {1, 0, 0}),
                        Embedding.normalised(new float[] {0, 0, 1}));
        SentenceBank bank =
                new SentenceBank(
                        "colours-1",
                        List.of(finding("red", false), finding("blue", true)),
                        List.of(sentence("red"), sentence("blue")),
                        embeddings);
        Calibration calibration = new Calibration(10, 0.7, 0.01, 0, 1, 0.05);
        return new Release(
                id,
                Path.of("nowhere"),
                new Manifest(
                        1,
                        "colours",
                        Map.of(),
                        new Recipe(SIDE, 64, 1.5, 0, 8),
                        new Manifest.Encoder("none", SIDE, 3, orientations),
                        new Manifest.Text("none", "none", "none"),
                        Map.of()),
                bank,
                new Matcher(bank, calibration, embeddings),
                new GoldenVectors(
                        List.of(new CellPixels(SIDE, new byte[SIDE * SIDE * 3])),
                        List.of(embeddings.getFirst()),
                        1));
    }

    /** What the release says of cells; the batch size does not matter to it. */
    public static CellAnnotator annotator(int maxBatch) {
        return new EncodeThenMatch(encoder(maxBatch), release().matcher());
    }

    /** The mean colour as a direction. */
    private static ImageEncoder encoder(int maxBatch) {
        return new ImageEncoder() {
            @Override
            public int maxBatch() {
                return maxBatch;
            }

            @Override
            public List<Embedding> encode(List<CellPixels> cells) {
                return cells.stream().map(ColourRelease::meanColour).toList();
            }

            @Override
            public void close() {}
        };
    }

    private static Embedding meanColour(CellPixels cell) {
        float[] sum = {1, 1, 1};
        byte[] rgb = cell.rgb();
        for (int i = 0; i < rgb.length; i++) {
            sum[i % 3] += rgb[i] & 0xff;
        }
        return Embedding.normalised(sum);
    }

    private static Finding finding(String id, boolean reviewRequired) {
        return new Finding(id, "A " + id + " cell", Finding.Level.CELL, reviewRequired, List.of());
    }

    private static Sentence sentence(String finding) {
        return new Sentence(
                "s-" + finding,
                "A cell as " + finding + " as can be.",
                Sentence.Role.FINDING,
                finding,
                "",
                "");
    }
}
