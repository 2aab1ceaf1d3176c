// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import io.cytolog.bank.Sentence.Role;
import io.cytolog.embed.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Matches a cell against the bank after open_clip's zero-shot scoring: the sentences of a finding
 * averaged and normalised again, cosine and the finding's offset times the logit scale, softmax
 * over findings. Immutable and safe for any thread; what every faster way must agree with.
 */
public final class Matcher {

    /** Most sentences of the candidate in an annotation. */
    public static final int FINDING_SENTENCES = 2;

    /** Most attribute sentences in an annotation, each of another attribute. */
    public static final int ATTRIBUTE_SENTENCES = 3;

    /** The order of an annotation's matches. */
    public static final Comparator<Match> MOST_SIMILAR_FIRST =
            Comparator.comparingDouble(Match::similarity)
                    .reversed()
                    .thenComparing(match -> match.sentence().id());

    private final SentenceBank bank;
    private final Calibration calibration;
    private final Verdict verdict;
    private final List<Embedding> prototypes;
    private final List<Finding> findings;
    private final List<Embedding> findingEmbeddings;

    /**
     * @param prototypes embeddings that stand for all training cells, in no order that matters
     */
    public Matcher(SentenceBank bank, Calibration calibration, List<Embedding> prototypes) {
        this.bank = bank;
        this.calibration = calibration;
        this.prototypes = List.copyOf(prototypes);
        this.findings = bank.scored();
        this.verdict = new Verdict(findings, calibration);
        this.findingEmbeddings = findings.stream().map(f -> findingEmbedding(bank, f)).toList();
        if (findings.size() < 2) {
            throw new IllegalArgumentException("a bank needs at least two scored findings");
        }
    }

    /** The same thresholds and prototypes over another bank of the same findings. */
    public Matcher over(SentenceBank another) {
        return new Matcher(another, calibration, prototypes);
    }

    /** Annotates one cell. */
    public CellAnnotation annotate(Embedding cell) {
        double[] similarities = similarities(cell, findingEmbeddings);
        return verdict.of(
                similarities, nearest(cell), matches(cell, verdict.candidate(similarities)));
    }

    public SentenceBank bank() {
        return bank;
    }

    /** Embeddings that stand for all training cells. */
    public List<Embedding> prototypes() {
        return prototypes;
    }

    /** Means of the findings' sentences, one a scored finding, in bank order. */
    public List<Embedding> findingEmbeddings() {
        return findingEmbeddings;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** The embedding of a finding: the mean of its sentences', normalised. */
    static Embedding findingEmbedding(SentenceBank bank, Finding finding) {
        float[] sum = new float[bank.embeddings().getFirst().dimensions()];
        for (int i = 0; i < bank.sentences().size(); i++) {
            Sentence sentence = bank.sentences().get(i);
            if (sentence.role() == Role.FINDING && sentence.finding().equals(finding.id())) {
                float[] values = bank.embeddings().get(i).values();
                for (int d = 0; d < sum.length; d++) {
                    sum[d] += values[d];
                }
            }
        }
        return Embedding.normalised(sum);
    }

    private static double[] similarities(Embedding cell, List<Embedding> others) {
        return others.stream().mapToDouble(cell::similarity).toArray();
    }

    private double nearest(Embedding cell) {
        return Arrays.stream(similarities(cell, prototypes)).max().orElse(1);
    }

    /** The candidate's best sentences and the best one of each of the best attributes. */
    private List<Match> matches(Embedding cell, Finding candidate) {
        List<Match> ofFinding = new ArrayList<>();
        List<Match> ofAttributes = new ArrayList<>();
        for (int i = 0; i < bank.sentences().size(); i++) {
            Sentence sentence = bank.sentences().get(i);
            boolean candidates = sentence.finding().equals(candidate.id());
            if (sentence.role() == Role.ATTRIBUTE) {
                ofAttributes.add(new Match(sentence, cell.similarity(bank.embeddings().get(i))));
            } else if (sentence.role() == Role.FINDING && candidates) {
                ofFinding.add(new Match(sentence, cell.similarity(bank.embeddings().get(i))));
            }
        }
        List<Match> best = new ArrayList<>(top(ofFinding, FINDING_SENTENCES));
        best.addAll(top(bestOfEachAttribute(ofAttributes), ATTRIBUTE_SENTENCES));
        best.sort(MOST_SIMILAR_FIRST);
        return best;
    }

    private static List<Match> bestOfEachAttribute(List<Match> matches) {
        Set<String> seen = new HashSet<>();
        return matches.stream()
                .sorted(MOST_SIMILAR_FIRST)
                .filter(match -> seen.add(match.sentence().attribute()))
                .toList();
    }

    private static List<Match> top(List<Match> matches, int count) {
        return matches.stream().sorted(MOST_SIMILAR_FIRST).limit(count).toList();
    }
}
