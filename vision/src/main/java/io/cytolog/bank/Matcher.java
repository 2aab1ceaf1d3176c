// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import io.cytolog.bank.Sentence.Role;
import io.cytolog.embed.Embedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Matches a cell against the bank after open_clip's zero-shot scoring: the sentences of a finding
 * averaged and normalised again, cosine times the logit scale, softmax over findings. Whether the
 * result suffices is decided on cosines and distance, never on the softmax alone. Immutable and
 * safe for any thread.
 */
public final class Matcher {

    private static final int FINDING_SENTENCES = 2;
    private static final int ATTRIBUTE_SENTENCES = 3;
    private static final Comparator<Match> MOST_SIMILAR_FIRST =
            Comparator.comparingDouble(Match::similarity)
                    .reversed()
                    .thenComparing(match -> match.sentence().id());

    private final SentenceBank bank;
    private final Calibration calibration;
    private final List<Embedding> prototypes;
    private final List<Finding> findings;
    private final List<Embedding> findingEmbeddings;

    /**
     * @param prototypes mean embeddings of training cells; one a scored finding, in bank order
     */
    public Matcher(SentenceBank bank, Calibration calibration, List<Embedding> prototypes) {
        this.bank = bank;
        this.calibration = calibration;
        this.prototypes = List.copyOf(prototypes);
        this.findings = bank.scored();
        this.findingEmbeddings = findings.stream().map(f -> findingEmbedding(bank, f)).toList();
        if (findings.size() < 2) {
            throw new IllegalArgumentException("a bank needs at least two scored findings");
        }
    }

    /** Annotates one cell. */
    public CellAnnotation annotate(Embedding cell) {
        double[] similarities = similarities(cell);
        int best = argMax(similarities, -1);
        int second = argMax(similarities, best);
        Map<String, Double> probabilities = softmax(similarities);
        double margin = similarities[best] - similarities[second];
        return new CellAnnotation(
                findings.get(best),
                findings.get(second),
                margin,
                probabilities,
                abstention(cell, findings.get(best), similarities[best], margin, probabilities),
                matches(cell, findings.get(best)));
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

    private double[] similarities(Embedding cell) {
        return findingEmbeddings.stream().mapToDouble(cell::similarity).toArray();
    }

    private Map<String, Double> softmax(double[] similarities) {
        double top = similarities[argMax(similarities, -1)];
        double[] weights = new double[similarities.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(calibration.logitScale() * (similarities[i] - top));
            sum += weights[i];
        }
        Map<String, Double> probabilities = LinkedHashMap.newLinkedHashMap(weights.length);
        for (int i = 0; i < weights.length; i++) {
            probabilities.put(findings.get(i).id(), weights[i] / sum);
        }
        return probabilities;
    }

    private Optional<Abstention> abstention(
            Embedding cell,
            Finding candidate,
            double similarity,
            double margin,
            Map<String, Double> probabilities) {
        if (candidate.level() == Finding.Level.QUALITY) {
            return Optional.of(Abstention.NOT_IDENTIFIABLE);
        }
        if (similarity < calibration.minSimilarity()) {
            return Optional.of(Abstention.LOW_SIMILARITY);
        }
        if (distance(cell) > calibration.maxDistance()) {
            return Optional.of(Abstention.FAR_FROM_TRAINING);
        }
        if (margin < calibration.minMargin()) {
            return Optional.of(Abstention.LOW_MARGIN);
        }
        if (probabilities.get(candidate.id()) < calibration.minProbability()) {
            return Optional.of(Abstention.LOW_PROBABILITY);
        }
        return Optional.empty();
    }

    private double distance(Embedding cell) {
        double nearest = prototypes.stream().mapToDouble(cell::similarity).max().orElse(1);
        return 1 - nearest;
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

    private static int argMax(double[] values, int except) {
        int best = -1;
        for (int i = 0; i < values.length; i++) {
            if (i != except && (best < 0 || values[i] > values[best])) {
                best = i;
            }
        }
        return best;
    }
}
