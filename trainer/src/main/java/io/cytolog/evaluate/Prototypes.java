// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.balance.BalancedOrder;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.Wordings;
import io.cytolog.corpus.Wordings.FindingWords;
import io.cytolog.fit.Embedder;
import io.cytolog.onnx.MiniLmTextTower;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings as the server scores them: each the normalised mean of the bank's sentences, which
 * training never saw.
 */
public final class Prototypes {

    private final Wordings wordings;
    private final List<List<float[]>> vectors = new ArrayList<>();

    public Prototypes(Wordings wordings, MiniLmTextTower tower) {
        this.wordings = wordings;
        for (FindingWords finding : wordings.findings()) {
            vectors.add(tower.embed(finding.bank()));
        }
    }

    /**
     * Findings described by other vectors than the tower's.
     *
     * @param vectors one or more a finding, as the text head takes them
     */
    public Prototypes(Wordings wordings, List<List<float[]>> vectors) {
        this.wordings = wordings;
        this.vectors.addAll(vectors);
    }

    /** Unit-length embeddings, one a finding. */
    public List<float[]> embeddings(Embedder embedder) {
        return vectors.stream().map(texts -> mean(embedder.texts(texts))).toList();
    }

    /**
     * What a release would add to the cosines of findings, had it been trained on these cells.
     *
     * @param images their embeddings
     */
    public double[] offsets(Embedder embedder, List<Cell> cells, List<float[]> images) {
        return FindingOffsets.of(
                images,
                cells.stream().mapToInt(cell -> wordings.findingIndex(cell.finding())).toArray(),
                new BalancedOrder(cells, 0).draws(),
                embeddings(embedder));
    }

    /**
     * Place of the finding with the highest score, by cell.
     *
     * @param offsets added to the cosines of findings
     */
    public int[] given(Embedder embedder, double[] offsets, List<float[]> images) {
        List<float[]> findings = embeddings(embedder);
        return images.stream().mapToInt(image -> best(image, findings, offsets)).toArray();
    }

    /** How the cells fare when each is given its most similar finding. */
    public Confusion confusion(Embedder embedder, List<Cell> cells, List<float[]> images) {
        return confusion(embedder, new double[wordings.findings().size()], cells, images);
    }

    /** How the cells fare when each is given the finding with the highest score. */
    public Confusion confusion(
            Embedder embedder, double[] offsets, List<Cell> cells, List<float[]> images) {
        int[] given = given(embedder, offsets, images);
        Confusion confusion =
                new Confusion(wordings.findings().stream().map(FindingWords::id).toList());
        for (int i = 0; i < cells.size(); i++) {
            confusion.add(wordings.findingIndex(cells.get(i).finding()), given[i]);
        }
        return confusion;
    }

    static int nearest(float[] image, List<float[]> texts) {
        return best(image, texts, new double[texts.size()]);
    }

    private static int best(float[] image, List<float[]> texts, double[] offsets) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int f = 0; f < texts.size(); f++) {
            double score = dot(image, texts.get(f)) + offsets[f];
            best = score > most ? f : best;
            most = Math.max(most, score);
        }
        return best;
    }

    /** Scalar product. */
    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** The mean of rows, of unit length. */
    public static float[] mean(List<float[]> rows) {
        float[] mean = new float[rows.getFirst().length];
        for (float[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i];
            }
        }
        double length = Math.sqrt(dot(mean, mean));
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= (float) length;
        }
        return mean;
    }
}
