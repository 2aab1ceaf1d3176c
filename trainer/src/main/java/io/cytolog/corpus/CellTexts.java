// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Every text that training shows, made once from a seed: wordings of findings, of attribute values,
 * and for each cell a few sentences composed of a random part of its attributes, with or without
 * its finding. Texts are numbered so that the frozen tower runs once a text. Immutable once made.
 */
public final class CellTexts {

    /** Sentences composed a cell. */
    public static final int PER_CELL = 2;

    /**
     * A sentence composed for a cell.
     *
     * @param text number of the text
     * @param finding place of the finding that it names, -1 when it names none
     * @param values by attribute, the value that it names, -1 when it is silent
     * @param foil number of the same sentence with one attribute's value wrong, -1 when it names
     *     none: a hard negative
     */
    public record Composed(int text, int finding, int[] values, int foil) {

        /** Whether it names any attribute. */
        public boolean namesAttributes() {
            return Arrays.stream(values).anyMatch(value -> value >= 0);
        }
    }

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<int[]> findingTexts = new ArrayList<>();
    private final List<int[]> valueTexts = new ArrayList<>();
    private final List<List<Composed>> composed = new ArrayList<>();

    public CellTexts(Wordings wordings, List<Cell> cells, long seed) {
        for (var finding : wordings.findings()) {
            findingTexts.add(finding.train().stream().mapToInt(this::number).toArray());
        }
        for (var attribute : wordings.attributes()) {
            for (var value : attribute.values()) {
                valueTexts.add(value.train().stream().mapToInt(this::number).toArray());
            }
        }
        Random random = new Random(seed);
        for (Cell cell : cells) {
            List<Composed> sentences = new ArrayList<>();
            for (int i = 0; i < PER_CELL; i++) {
                sentences.add(compose(wordings, cell, random));
            }
            composed.add(sentences);
        }
    }

    /** All texts, in the order of their numbers. */
    public List<String> texts() {
        return List.copyOf(numbers.keySet());
    }

    /** Numbers of the training wordings of a finding. */
    public int[] ofFinding(int finding) {
        return findingTexts.get(finding);
    }

    /** Numbers of the training wordings of a value, values counted over all attributes. */
    public int[] ofValue(int value) {
        return valueTexts.get(value);
    }

    /** The sentences composed for a training cell. */
    public List<Composed> ofCell(int cell) {
        return composed.get(cell);
    }

    private int number(String text) {
        return numbers.computeIfAbsent(text, key -> numbers.size());
    }

    private Composed compose(Wordings wordings, Cell cell, Random random) {
        int[] values = wordings.values(cell);
        List<Integer> known = new ArrayList<>();
        for (int a = 0; a < values.length; a++) {
            if (values[a] >= 0) {
                known.add(a);
            }
        }
        Collections.shuffle(known, random);
        List<Integer> named =
                known.isEmpty()
                        ? known
                        : known.subList(0, 1 + random.nextInt(Math.min(5, known.size())));
        int[] said = new int[values.length];
        Arrays.fill(said, -1);
        List<String> phrases = new ArrayList<>();
        for (int a : named) {
            said[a] = values[a];
            phrases.add(phrase(wordings, a, values[a], random));
        }
        boolean names = named.isEmpty() || random.nextInt(3) == 0;
        int finding = names ? wordings.findingIndex(cell.finding()) : -1;
        String name = names ? pick(wordings.findings().get(finding).train(), random) : "";
        long shape = random.nextLong();
        int text = number(sentence(name, phrases, new Random(shape)));
        if (named.isEmpty()) {
            return new Composed(text, finding, said, -1);
        }
        int turned = random.nextInt(named.size());
        int attribute = named.get(turned);
        int wrong = anotherValue(wordings, attribute, values[attribute], random);
        phrases.set(turned, phrase(wordings, attribute, wrong, random));
        int foil = number(sentence(name, phrases, new Random(shape)));
        return new Composed(text, finding, said, foil);
    }

    private static String phrase(Wordings wordings, int attribute, int value, Random random) {
        return pick(wordings.attributes().get(attribute).values().get(value).train(), random);
    }

    private static int anotherValue(Wordings wordings, int attribute, int value, Random random) {
        int others = wordings.attributes().get(attribute).values().size() - 1;
        int drawn = random.nextInt(others);
        return drawn < value ? drawn : drawn + 1;
    }

    private static String sentence(String name, List<String> phrases, Random random) {
        if (phrases.isEmpty()) {
            return switch (random.nextInt(4)) {
                case 0 -> "A blood or marrow cell: " + lowered(name);
                case 1 -> "This looks like: " + lowered(name);
                default -> name + (random.nextBoolean() ? "." : "");
            };
        }
        String joined = joined(phrases);
        if (name.isEmpty()) {
            return switch (random.nextInt(3)) {
                case 0 -> "A cell with these features: " + joined + ".";
                case 1 -> raised(joined) + ".";
                default -> raised(joined);
            };
        }
        return random.nextBoolean() ? name + ": " + joined + "." : raised(joined) + "; " + name;
    }

    private static String joined(List<String> phrases) {
        if (phrases.size() == 1) {
            return phrases.getFirst();
        }
        String head = String.join(", ", phrases.subList(0, phrases.size() - 1));
        return head + " and " + phrases.getLast();
    }

    private static String raised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String lowered(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
