// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceBank;
import io.cytolog.corpus.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Questions on one feature of a cell, answered by the bank's sentences that differ in its value
 * alone: the value whose sentences, averaged, are the most similar. Zero-shot: these wordings were
 * never trained on. Stateless.
 */
public final class AttributeQuestions {

    /**
     * How one attribute fares.
     *
     * @param cells cells with a recorded value
     * @param accuracy share answered right
     * @param balanced mean recall over the values that occur
     * @param commonest share of the commonest value: what one gets without looking
     */
    public record Figures(
            String attribute, int cells, Estimate accuracy, double balanced, double commonest) {}

    private AttributeQuestions() {}

    /** One a bank's attribute that some cell has a value for. */
    public static List<Figures> of(
            SentenceBank bank,
            List<Cell> cells,
            List<float[]> embeddings,
            GroupBootstrap bootstrap) {
        List<Figures> figures = new ArrayList<>();
        byAttribute(bank)
                .forEach(
                        (attribute, values) -> {
                            List<String> names = List.copyOf(values.keySet());
                            List<float[]> texts =
                                    values.values().stream().map(Prototypes::mean).toList();
                            int[] truth =
                                    cells.stream()
                                            .mapToInt(cell -> place(cell, attribute, names))
                                            .toArray();
                            int[] given =
                                    embeddings.stream()
                                            .mapToInt(cell -> Prototypes.nearest(cell, texts))
                                            .toArray();
                            if (Arrays.stream(truth).anyMatch(value -> value >= 0)) {
                                figures.add(figures(attribute, names, truth, given, bootstrap));
                            }
                        });
        return figures;
    }

    private static int place(Cell cell, String attribute, List<String> values) {
        return values.indexOf(cell.attributes().getOrDefault(attribute, ""));
    }

    private static Figures figures(
            String attribute,
            List<String> values,
            int[] truth,
            int[] given,
            GroupBootstrap bootstrap) {
        Confusion confusion = new Confusion(values);
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] >= 0) {
                confusion.add(truth[i], given[i]);
            }
        }
        int[] counts = IntStream.range(0, values.size()).map(confusion::cells).toArray();
        int asked = Arrays.stream(counts).sum();
        return new Figures(
                attribute,
                asked,
                bootstrap.estimate(cells -> accuracy(cells, truth, given)),
                confusion.balancedAccuracy(),
                (double) Arrays.stream(counts).max().orElse(0) / asked);
    }

    private static double accuracy(int[] cells, int[] truth, int[] given) {
        double asked = 0;
        double right = 0;
        for (int i : cells) {
            asked += truth[i] >= 0 ? 1 : 0;
            right += truth[i] >= 0 && truth[i] == given[i] ? 1 : 0;
        }
        return asked == 0 ? Double.NaN : right / asked;
    }

    private static Map<String, Map<String, List<float[]>>> byAttribute(SentenceBank bank) {
        Map<String, Map<String, List<float[]>>> all = new LinkedHashMap<>();
        for (int s = 0; s < bank.sentences().size(); s++) {
            Sentence sentence = bank.sentences().get(s);
            if (sentence.role() == Sentence.Role.ATTRIBUTE) {
                all.computeIfAbsent(sentence.attribute(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(sentence.value(), key -> new ArrayList<>())
                        .add(bank.embeddings().get(s).values());
            }
        }
        return all;
    }
}
