// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellTexts.Composed;
import io.cytolog.corpus.Wordings;
import io.cytolog.corpus.Wordings.AttributeWords;
import java.util.Arrays;
import java.util.List;

/**
 * What a batch should come to, as plain arrays.
 *
 * @param findings smoothed share of each finding a cell {@code [n, findings]}
 * @param values smoothed share of each value a cell {@code [n, values]}; all 0 where not recorded
 * @param positives whether a sentence holds for a cell {@code [n, n]}, 1 or 0; of a picture of two
 *     cells, for what share of it
 * @param barred 0, or a large negative where nobody knows whether it holds {@code [n, n]}
 * @param weights factor on a cell's loss of findings {@code [n]}
 * @param foiled 1 where a cell's sentence has a foil, else 0 {@code [n]}
 */
record Targets(
        float[] findings,
        float[] values,
        float[] positives,
        float[] barred,
        float[] weights,
        float[] foiled) {

    private static final float SMOOTHING = 0.08f;
    private static final float NEVER = -1e4f;

    static Targets of(
            Wordings wordings, List<Cell> cells, List<Composed> sentences, float[] weights) {
        int n = cells.size();
        int findingCount = wordings.findings().size();
        float[] findings = new float[n * findingCount];
        float[] values = new float[n * wordings.valueCount()];
        float[] positives = new float[n * n];
        float[] barred = new float[n * n];
        float[] foiled = new float[n];
        for (int i = 0; i < n; i++) {
            foiled[i] = sentences.get(i).foil() >= 0 ? 1 : 0;
            int finding = wordings.findingIndex(cells.get(i).finding());
            int[] known = wordings.values(cells.get(i));
            smooth(findings, i * findingCount, findingCount, finding);
            int at = i * wordings.valueCount();
            for (int a = 0; a < known.length; a++) {
                AttributeWords attribute = wordings.attributes().get(a);
                if (known[a] >= 0) {
                    smooth(values, at, attribute.values().size(), known[a]);
                }
                at += attribute.values().size();
            }
            for (int j = 0; j < n; j++) {
                pair(sentences.get(j), finding, known, positives, barred, i * n + j);
            }
        }
        return new Targets(findings, values, positives, barred, weights, foiled);
    }

    /**
     * The same where teachers have a say.
     *
     * @param shares of findings by the teachers {@code [n, findings]}
     * @param weight of the teachers
     */
    Targets taught(float[] shares, double weight) {
        float[] blended = new float[findings.length];
        for (int i = 0; i < blended.length; i++) {
            blended[i] = (float) ((1 - weight) * findings[i] + weight * shares[i]);
        }
        return new Targets(blended, values, positives, barred, weights, foiled);
    }

    /** The same of pictures in which two cells are mixed. */
    Targets mixed(Mixup mixup) {
        int n = weights.length;
        float[] held = mixup.over(positives, n);
        float[] open = mixup.over(barred, n);
        for (int place = 0; place < open.length; place++) {
            open[place] = held[place] > 0 || open[place] == 0 ? 0 : NEVER;
        }
        return new Targets(
                mixup.over(findings, findings.length / n),
                mixup.over(values, values.length / n),
                held,
                open,
                mixup.over(weights, 1),
                foiled);
    }

    private static void smooth(float[] target, int from, int count, int right) {
        Arrays.fill(target, from, from + count, SMOOTHING / count);
        target[from + right] += 1 - SMOOTHING;
    }

    private static void pair(
            Composed sentence,
            int finding,
            int[] known,
            float[] positives,
            float[] barred,
            int place) {
        boolean unknown = false;
        boolean contradicted = sentence.finding() >= 0 && sentence.finding() != finding;
        for (int a = 0; a < known.length && !contradicted; a++) {
            int said = sentence.values()[a];
            unknown |= said >= 0 && known[a] < 0;
            contradicted = said >= 0 && known[a] >= 0 && said != known[a];
        }
        positives[place] = !contradicted && !unknown ? 1 : 0;
        barred[place] = !contradicted && unknown ? NEVER : 0;
    }
}
