// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.corpus.Wordings;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The loss: cells against findings, cells against attribute values, and cells against composed
 * sentences both ways, where every sentence that holds for a cell is a positive (UniCL, Yang et al.
 * 2022, arXiv:2204.03610).
 */
final class Objective {

    private static final double SENTENCES = 0.5;
    private static final double ATTRIBUTES = 0.5;

    private Objective() {}

    /**
     * @param images unit length {@code [n, d]}
     * @param findings unit length {@code [findings, d]}
     * @param values unit length {@code [values, d]}
     * @param sentences unit length {@code [n, d]}
     * @param scale logit scale
     */
    static Tensor loss(
            Wordings wordings,
            Targets targets,
            Tensor images,
            Tensor findings,
            Tensor values,
            Tensor sentences,
            Tensor scale) {
        long n = images.size(0);
        Tensor scaled = images.mul(scale);
        Tensor loss = cross(scaled.matmul(findings.t()), targets.findings(), n);
        loss = loss.add(attributes(wordings, targets, scaled.matmul(values.t())));
        return loss.add(contrast(targets, scaled.matmul(sentences.t())).mul(new Scalar(SENTENCES)));
    }

    private static Tensor cross(Tensor logits, float[] target, long n) {
        Tensor shares = Tensors.of(target, n, logits.size(1));
        return logits.log_softmax(1).mul(shares).sum().mul(new Scalar(-1.0 / n));
    }

    private static Tensor attributes(Wordings wordings, Targets targets, Tensor logits) {
        long n = logits.size(0);
        Tensor shares = Tensors.of(targets.values(), n, logits.size(1));
        double known = 0;
        for (float share : targets.values()) {
            known += share;
        }
        Tensor sum = logits.mul(new Scalar(0)).sum();
        long from = 0;
        for (var attribute : wordings.attributes()) {
            long count = attribute.values().size();
            Tensor likely = logits.narrow(1, from, count).log_softmax(1);
            sum = sum.add(likely.mul(shares.narrow(1, from, count)).sum());
            from += count;
        }
        return sum.mul(new Scalar(-ATTRIBUTES / Math.max(1, known)));
    }

    private static Tensor contrast(Targets targets, Tensor logits) {
        long n = logits.size(0);
        Tensor positives = Tensors.of(targets.positives(), n, n);
        Tensor open = logits.add(Tensors.of(targets.barred(), n, n));
        Tensor byRow = positives.div(positives.sum(new long[] {1}, true, null));
        Tensor byColumn = positives.div(positives.sum(new long[] {0}, true, null));
        Tensor toSentence = open.log_softmax(1).mul(byRow).sum();
        Tensor toCell = open.log_softmax(0).mul(byColumn).sum();
        return toSentence.add(toCell).mul(new Scalar(-0.5 / n));
    }
}
