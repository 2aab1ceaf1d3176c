// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import io.cytolog.embed.Embedding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A versioned set of sentences with their embeddings and the findings that they point to.
 *
 * @param version changes with every change of a sentence
 * @param embeddings one a sentence, in the order of the sentences
 */
public record SentenceBank(
        String version,
        List<Finding> findings,
        List<Sentence> sentences,
        List<Embedding> embeddings) {

    public SentenceBank {
        findings = List.copyOf(findings);
        sentences = List.copyOf(sentences);
        embeddings = List.copyOf(embeddings);
        if (sentences.size() != embeddings.size()) {
            throw new IllegalArgumentException(
                    "the bank has %d sentences and %d embeddings"
                            .formatted(sentences.size(), embeddings.size()));
        }
        checkDimensions(embeddings);
        checkReferences(findings, sentences);
    }

    /** The findings that take part in scoring, in bank order. */
    public List<Finding> scored() {
        return findings.stream().filter(Finding::scored).toList();
    }

    private static void checkDimensions(List<Embedding> embeddings) {
        long different = embeddings.stream().map(Embedding::dimensions).distinct().count();
        if (different > 1) {
            throw new IllegalArgumentException(
                    "the bank's embeddings have %d different dimensions".formatted(different));
        }
    }

    private static void checkReferences(List<Finding> findings, List<Sentence> sentences) {
        Set<String> ids = new HashSet<>();
        for (Finding finding : findings) {
            if (!ids.add(finding.id())) {
                throw new IllegalArgumentException("finding id " + finding.id() + " stands twice");
            }
        }
        Set<String> seen = new HashSet<>();
        Set<String> described = new HashSet<>();
        for (Sentence sentence : sentences) {
            if (!seen.add(sentence.id())) {
                throw new IllegalArgumentException(
                        "sentence id " + sentence.id() + " stands twice");
            }
            boolean attribute = sentence.role() == Sentence.Role.ATTRIBUTE;
            if (!(attribute && sentence.finding().isEmpty()) && !ids.contains(sentence.finding())) {
                throw new IllegalArgumentException(
                        "sentence %s points to finding %s, which the bank does not have"
                                .formatted(sentence.id(), sentence.finding()));
            }
            if (sentence.role() == Sentence.Role.FINDING) {
                described.add(sentence.finding());
            }
        }
        for (Finding finding : findings) {
            if (finding.scored() && !described.contains(finding.id())) {
                throw new IllegalArgumentException(
                        "finding " + finding.id() + " has no sentence; add one to the bank");
            }
        }
    }
}
