// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import io.cytolog.bank.Calibration;
import io.cytolog.bank.Finding;
import io.cytolog.bank.Matcher;
import io.cytolog.bank.Sentence;
import io.cytolog.bank.Sentence.Role;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Banks and cells of any size, the same for the same seed; sentences are not in order of ids. */
final class RandomBank {

    static final int SIDE = 32;

    private static final Calibration STRICT =
            new Calibration(20, 0.1, 0.02, 0.15, 0.9, 0.1, Map.of("f0", 0.07, "f2", -0.11));

    private final Random random;
    private final int dimensions;
    private final List<Sentence> sentences = new ArrayList<>();
    private final List<Embedding> embeddings = new ArrayList<>();

    RandomBank(long seed, int dimensions) {
        this.random = new Random(seed);
        this.dimensions = dimensions;
    }

    /**
     * @param count sentences of each kind, dealt out unevenly
     * @param attributes different ones; 0 leaves them out
     */
    Matcher matcher(int findings, int count, int attributes) {
        List<Finding> all = new ArrayList<>();
        for (int i = 0; i < findings; i++) {
            Finding.Level level = i == 1 ? Finding.Level.QUALITY : Finding.Level.CELL;
            all.add(new Finding("f" + i, "Finding " + i, level, false, List.of()));
            add(Role.FINDING, "f" + i, "");
        }
        all.add(new Finding("d", "Disease", Finding.Level.DISEASE, false, List.of()));
        add(Role.FINDING, "d", "");
        add(Role.DISEASE, "d", "");
        for (int i = 0; i < count; i++) {
            add(Role.FINDING, "f" + skewed(findings), "");
            if (attributes > 0) {
                add(Role.ATTRIBUTE, "", "a" + skewed(attributes));
            }
        }
        List<Embedding> prototypes = new ArrayList<>();
        all.stream().filter(Finding::scored).forEach(finding -> prototypes.add(direction()));
        return new Matcher(
                new SentenceBank("random", all, sentences, embeddings), STRICT, prototypes);
    }

    List<CellPixels> cells(int count) {
        List<CellPixels> cells = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] rgb = new byte[SIDE * SIDE * 3];
            random.nextBytes(rgb);
            cells.add(new CellPixels(SIDE, rgb));
        }
        return cells;
    }

    /** A linear encoder of random weights: every random cell has a direction of its own. */
    byte[] encoder() {
        int pixels = SIDE * SIDE * 3;
        float[] weights = new float[pixels * dimensions];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        return TinyModels.linearEncoder(SIDE, dimensions, weights);
    }

    /**
     * Every fifth has the embedding of the last one of its kind, so that only ids can order them.
     */
    private void add(Role role, String finding, String attribute) {
        String id = "s%016x".formatted(random.nextLong());
        sentences.add(new Sentence(id, "Sentence " + id, role, finding, attribute, "yes"));
        boolean twin = sentences.size() % 5 == 0;
        embeddings.add(twin ? embeddings.get(embeddings.size() - 2) : direction());
    }

    private int skewed(int bound) {
        return (int) (bound * Math.pow(random.nextDouble(), 3));
    }

    private Embedding direction() {
        float[] values = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Embedding.normalised(values);
    }
}
