// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import io.cytolog.bank.Matcher;
import io.cytolog.bank.Sentence;
import io.cytolog.bank.Sentence.Role;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.Embedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A bank laid out for the composed graph: which column of a similarity matrix means which sentence.
 * Sentences lie in the order of their ids, so that of equal ones the first index wins as it does in
 * {@link Matcher}.
 *
 * @param findings embeddings of the scored findings, in bank order
 * @param offsets of the findings' cosines, in their order
 * @param prototypes embeddings that stand for training cells; may be none
 * @param ofFindings sentences that describe a scored finding
 * @param ofAttributes sentences that describe a feature
 */
record BankColumns(
        List<Embedding> findings,
        float[] offsets,
        List<Embedding> prototypes,
        Columns ofFindings,
        Columns ofAttributes) {

    /**
     * Some of the bank's sentences.
     *
     * @param groups by sentence, the scored finding or the attribute that it belongs to
     * @param best how many of them an annotation takes at most
     */
    record Columns(List<Sentence> sentences, List<Embedding> embeddings, long[] groups, int best) {

        boolean isEmpty() {
            return sentences.isEmpty();
        }
    }

    static BankColumns of(Matcher matcher) {
        SentenceBank bank = matcher.bank();
        Map<String, Integer> scored = new HashMap<>();
        bank.scored().forEach(finding -> scored.put(finding.id(), scored.size()));
        List<Integer> described = new ArrayList<>();
        List<Integer> attributes = new ArrayList<>();
        for (int i : inOrderOfIds(bank)) {
            Sentence sentence = bank.sentences().get(i);
            if (sentence.role() == Role.ATTRIBUTE) {
                attributes.add(i);
            } else if (sentence.role() == Role.FINDING && scored.containsKey(sentence.finding())) {
                described.add(i);
            }
        }
        return new BankColumns(
                matcher.findingEmbeddings(),
                offsets(matcher),
                matcher.prototypes(),
                ofFindings(bank, described, scored),
                ofAttributes(bank, attributes));
    }

    /** Numbers in a row of the graph's output: findings, nearest prototype, best sentences. */
    int scores() {
        return findings.size() + 1 + matches();
    }

    /** Best sentences in a row of the graph's output. */
    int matches() {
        return ofFindings.best() + ofAttributes.best();
    }

    private static float[] offsets(Matcher matcher) {
        double[] exact = matcher.verdict().calibration().offsets(matcher.bank().scored());
        float[] offsets = new float[exact.length];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (float) exact[i];
        }
        return offsets;
    }

    private static int[] inOrderOfIds(SentenceBank bank) {
        return IntStream.range(0, bank.sentences().size())
                .boxed()
                .sorted(Comparator.comparing(i -> bank.sentences().get(i).id()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Columns ofFindings(
            SentenceBank bank, List<Integer> rows, Map<String, Integer> scored) {
        long[] groups =
                rows.stream()
                        .mapToLong(i -> scored.get(bank.sentences().get(i).finding()))
                        .toArray();
        return columns(bank, rows, groups, Math.min(Matcher.FINDING_SENTENCES, rows.size()));
    }

    private static Columns ofAttributes(SentenceBank bank, List<Integer> rows) {
        Map<String, Long> attributes = new HashMap<>();
        long[] groups = new long[rows.size()];
        for (int i = 0; i < groups.length; i++) {
            String attribute = bank.sentences().get(rows.get(i)).attribute();
            groups[i] = attributes.computeIfAbsent(attribute, a -> (long) attributes.size());
        }
        return columns(
                bank, rows, groups, Math.min(Matcher.ATTRIBUTE_SENTENCES, attributes.size()));
    }

    private static Columns columns(SentenceBank bank, List<Integer> rows, long[] groups, int best) {
        return new Columns(
                rows.stream().map(bank.sentences()::get).toList(),
                rows.stream().map(bank.embeddings()::get).toList(),
                groups,
                best);
    }
}
