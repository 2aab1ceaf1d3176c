// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.corpus.Wordings;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The loss: cells against findings, cells against attribute values, and cells against composed
 * sentences both ways, where every sentence that holds for a cell is a positive (UniCL, Yang et al.
 * 2022, arXiv:2204.03610), or pair by pair. Of outliers nothing holds.
 */
final class Objective {

    private Objective() {}

    /** Learned factor and offset of similarities, one element each. */
    record Logits(Tensor scale, Tensor bias) {}

    /**
     * @param images unit length {@code [n, d]}
     * @param outliers unit length {@code [m, d]}, m may be 0
     * @param findings unit length {@code [findings, d]}
     * @param values unit length {@code [values, d]}
     * @param sentences unit length {@code [n, d]}
     * @param foils unit length {@code [n, d]}; looked at where {@code targets} has one
     * @param logits what makes logits of similarities
     */
    static Tensor loss(
            Wordings wordings,
            Aims aims,
            Targets targets,
            Tensor images,
            Tensor outliers,
            Tensor findings,
            Tensor values,
            Tensor sentences,
            Tensor foils,
            Logits logits) {
        Tensor scaled = images.mul(logits.scale());
        Tensor foreign = outliers.mul(logits.scale());
        Tensor loss = cross(scaled.matmul(findings.t()), targets, aims.focus());
        if (outliers.size(0) > 0) {
            Tensor sure = surety(foreign.matmul(findings.t()));
            loss = loss.add(sure.mul(new Scalar(Outliers.WEIGHT)));
        }
        if (aims.attributes() > 0) {
            Tensor asked = attributes(wordings, targets, scaled.matmul(values.t()));
            loss = loss.add(asked.mul(new Scalar(aims.attributes())));
        }
        if (aims.sentences() > 0) {
            Tensor all = scaled.matmul(sentences.t());
            Tensor none = foreign.matmul(sentences.t());
            Tensor told =
                    switch (aims.pairs()) {
                        case SOFTMAX -> contrast(targets, all, none);
                        case SIGMOID ->
                                singly(targets, all.add(logits.bias()), none.add(logits.bias()));
                    };
            loss = loss.add(told.mul(new Scalar(aims.sentences())));
        }
        if (aims.foils() > 0) {
            Tensor lead = scaled.mul(sentences.sub(foils)).sum(1);
            Tensor told = apart(lead, targets.foiled());
            loss = loss.add(told.mul(new Scalar(aims.foils())));
        }
        return loss;
    }

    /**
     * What a plain classifier of findings and of attribute values misses, the values weighted as
     * where sentences are asked.
     *
     * @param logits {@code [n, findings + values]}
     */
    static Tensor classified(Wordings wordings, Aims aims, Targets targets, Tensor logits) {
        long findings = wordings.findings().size();
        Tensor loss = cross(logits.narrow(1, 0, findings), targets, aims.focus());
        if (aims.attributes() > 0) {
            Tensor values = logits.narrow(1, findings, wordings.valueCount());
            Tensor asked = attributes(wordings, targets, values);
            loss = loss.add(asked.mul(new Scalar(aims.attributes())));
        }
        return loss;
    }

    /** How far from even the likelihoods are (Kullback-Leibler), the mean of the rows. */
    private static Tensor surety(Tensor logits) {
        double even = -Math.log(logits.size(1));
        return logits.log_softmax(1).mean().neg().add(new Scalar(even));
    }

    /** Each cell's sentence against its foil, as a choice of two. */
    private static Tensor apart(Tensor lead, float[] foiled) {
        double count = 0;
        for (float one : foiled) {
            count += one;
        }
        Tensor counted = Tensors.of(foiled, foiled.length);
        return torch.log_sigmoid(lead).mul(counted).sum().mul(new Scalar(-1 / Math.max(1, count)));
    }

    private static Tensor cross(Tensor logits, Targets targets, double focus) {
        long n = logits.size(0);
        Tensor shares = Tensors.of(targets.findings(), n, logits.size(1));
        Tensor likelihood = logits.log_softmax(1).mul(shares).sum(1);
        Tensor weights = Tensors.of(targets.weights(), n);
        if (focus > 0) {
            Tensor missing = likelihood.exp().neg().add(new Scalar(1));
            weights = weights.mul(missing.clamp_min(new Scalar(0)).pow(new Scalar(focus)));
        }
        return likelihood.mul(weights).sum().mul(new Scalar(-1.0 / n));
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
        return sum.mul(new Scalar(-1 / Math.max(1, known)));
    }

    private static Tensor contrast(Targets targets, Tensor logits, Tensor outliers) {
        long n = logits.size(0);
        Tensor positives = Tensors.of(targets.positives(), n, n);
        Tensor open = logits.add(Tensors.of(targets.barred(), n, n));
        Tensor byRow = positives.div(positives.sum(new long[] {1}, true, null));
        Tensor byColumn = positives.div(positives.sum(new long[] {0}, true, null));
        Tensor toSentence = open.log_softmax(1).mul(byRow).sum();
        Tensor choice = torch.cat(new TensorVector(open, outliers), 0).log_softmax(0);
        Tensor toCell = choice.narrow(0, 0, n).mul(byColumn).sum();
        return toSentence.add(toCell).mul(new Scalar(-0.5 / n));
    }

    /** Every pair of which it is known whether it holds, as a question of its own. */
    private static Tensor singly(Targets targets, Tensor logits, Tensor outliers) {
        long n = logits.size(0);
        float[] signs = new float[targets.positives().length];
        float[] known = new float[signs.length];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = targets.positives()[i] > 0 ? 1 : -1;
            known[i] = targets.barred()[i] == 0 ? 1 : 0;
        }
        Tensor likely = torch.log_sigmoid(logits.mul(Tensors.of(signs, n, n)));
        Tensor refused = torch.log_sigmoid(outliers.neg()).sum();
        return likely.mul(Tensors.of(known, n, n)).sum().add(refused).mul(new Scalar(-1.0 / n));
    }
}
