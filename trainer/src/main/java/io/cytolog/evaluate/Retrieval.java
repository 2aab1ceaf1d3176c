// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceBank;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cells and the sentences of findings looked up by each other. A sentence is right for a cell when
 * it describes the cell's finding; what counts is the rank of the first right one. Immutable.
 */
public final class Retrieval {

    /**
     * Share of queries whose first right answer is among the first 1, 5 and 10, and the mean of one
     * over its rank.
     */
    public record Figures(
            int queries, Estimate first, Estimate firstFive, Estimate firstTen, Estimate mrr) {}

    private final List<Sentence> sentences = new ArrayList<>();
    private final int[] sentenceRanks;
    private final List<int[]> cellOrders = new ArrayList<>();
    private final List<boolean[]> rightCells = new ArrayList<>();

    /**
     * @param embeddings of the cells, unit length
     */
    public Retrieval(SentenceBank bank, Scores scores, List<float[]> embeddings) {
        List<float[]> texts = new ArrayList<>();
        for (int s = 0; s < bank.sentences().size(); s++) {
            if (bank.sentences().get(s).role() == Sentence.Role.FINDING) {
                sentences.add(bank.sentences().get(s));
                texts.add(bank.embeddings().get(s).values());
            }
        }
        double[][] similarities = new double[embeddings.size()][texts.size()];
        for (int i = 0; i < embeddings.size(); i++) {
            for (int s = 0; s < texts.size(); s++) {
                similarities[i][s] = Prototypes.dot(embeddings.get(i), texts.get(s));
            }
        }
        List<String> findings = scores.truthIds();
        this.sentenceRanks = new int[embeddings.size()];
        for (int i = 0; i < embeddings.size(); i++) {
            sentenceRanks[i] = rankOfSentence(similarities[i], findings.get(i));
        }
        for (int s = 0; s < texts.size(); s++) {
            addQuery(similarities, s, findings);
        }
    }

    /** Cells look for sentences. */
    public Figures imageToText(GroupBootstrap bootstrap) {
        return figures(
                sentenceRanks.length,
                bootstrap,
                cells -> IntStream.of(cells).map(i -> sentenceRanks[i]).toArray());
    }

    /** Sentences look for cells; sentences of findings without cells are left out. */
    public Figures textToImage(GroupBootstrap bootstrap) {
        return figures(cellOrders.size(), bootstrap, this::cellRanks);
    }

    private interface Ranks {
        int[] of(int[] cells);
    }

    private static Figures figures(int queries, GroupBootstrap bootstrap, Ranks ranks) {
        return new Figures(
                queries,
                bootstrap.estimate(cells -> within(ranks.of(cells), 1)),
                bootstrap.estimate(cells -> within(ranks.of(cells), 5)),
                bootstrap.estimate(cells -> within(ranks.of(cells), 10)),
                bootstrap.estimate(
                        cells ->
                                IntStream.of(ranks.of(cells))
                                        .mapToDouble(rank -> 1.0 / rank)
                                        .average()
                                        .orElse(Double.NaN)));
    }

    private static double within(int[] ranks, int most) {
        return ranks.length == 0
                ? Double.NaN
                : (double) IntStream.of(ranks).filter(rank -> rank <= most).count() / ranks.length;
    }

    private int rankOfSentence(double[] similarities, String finding) {
        double best = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < similarities.length; s++) {
            if (sentences.get(s).finding().equals(finding)) {
                best = Math.max(best, similarities[s]);
            }
        }
        int rank = 1;
        for (double similarity : similarities) {
            rank += similarity > best ? 1 : 0;
        }
        return rank;
    }

    private void addQuery(double[][] similarities, int sentence, List<String> findings) {
        String finding = sentences.get(sentence).finding();
        boolean[] right = new boolean[similarities.length];
        boolean any = false;
        for (int i = 0; i < right.length; i++) {
            right[i] = findings.get(i).equals(finding);
            any |= right[i];
        }
        if (any) {
            rightCells.add(right);
            cellOrders.add(
                    IntStream.range(0, right.length)
                            .boxed()
                            .sorted(
                                    Comparator.comparingDouble(
                                            (Integer i) -> -similarities[i][sentence]))
                            .mapToInt(Integer::intValue)
                            .toArray());
        }
    }

    /** Ranks of the first right cell among the drawn ones, of the sentences that have one. */
    private int[] cellRanks(int[] cells) {
        int[] times = new int[sentenceRanks.length];
        for (int cell : cells) {
            times[cell]++;
        }
        return IntStream.range(0, cellOrders.size())
                .map(query -> cellRank(query, times))
                .filter(rank -> rank > 0)
                .toArray();
    }

    private int cellRank(int query, int[] times) {
        int before = 0;
        for (int cell : cellOrders.get(query)) {
            if (times[cell] > 0 && rightCells.get(query)[cell]) {
                return before + 1;
            }
            before += times[cell];
        }
        return 0;
    }
}
