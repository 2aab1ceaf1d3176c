// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import io.cytolog.bank.Sentence.Role;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.TextEncoder;
import io.cytolog.image.ImageBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a release's bank becomes under edits, in their order. The outcome depends on the sentences
 * that result and not on the way to them: its version names the difference from the release's own
 * bank, so that equal versions of one release are equal banks, to the last bit of a score.
 */
public final class BankEdits {

    /** Most sentences that edits may bring a bank to; matching costs time for each. */
    public static final int MOST_SENTENCES = 100_000;

    private static final int VERSION_DIGITS = 12;
    private static final String ID = "[A-Za-z0-9._:-]{1,100}";

    private final SentenceBank own;
    private final Map<String, Sentence> sentences = new LinkedHashMap<>();
    private final List<RefusedEdit> refused = new ArrayList<>();

    private BankEdits(SentenceBank own) {
        this.own = own;
        own.sentences().forEach(sentence -> sentences.put(sentence.id(), sentence));
    }

    /** Applies edits; those that the bank does not take leave it as it was. */
    public static BankEdits of(SentenceBank own, List<SentenceEdit> edits) {
        BankEdits applied = new BankEdits(own);
        for (int i = 0; i < edits.size(); i++) {
            applied.apply(i, edits.get(i));
        }
        return applied;
    }

    /**
     * Finds the edits under which a bank had a version, among those that were made so far.
     *
     * @param edits all that were made, in order
     * @return the shortest beginning of the edits that gives the version; empty when none does
     */
    public static Optional<List<SentenceEdit>> until(
            SentenceBank own, List<SentenceEdit> edits, String version) {
        BankEdits applied = new BankEdits(own);
        for (int i = 0; i <= edits.size(); i++) {
            if (applied.version().equals(version)) {
                return Optional.of(List.copyOf(edits.subList(0, i)));
            }
            if (i < edits.size()) {
                applied.apply(i, edits.get(i));
            }
        }
        return Optional.empty();
    }

    /** Edits that were not taken, in order. */
    public List<RefusedEdit> refused() {
        return List.copyOf(refused);
    }

    public boolean has(String sentenceId) {
        return sentences.containsKey(sentenceId);
    }

    /** The sentences that result: own ones in their order, then added ones by id. */
    public List<Sentence> sentences() {
        return ordered();
    }

    /** Whether the bank differs from the release's own. */
    public boolean changed() {
        return !difference().isEmpty();
    }

    /** The own version, and where the bank differs {@code +} and 12 digits of what differs. */
    public String version() {
        String difference = difference();
        if (difference.isEmpty()) {
            return own.version();
        }
        byte[] bytes = difference.getBytes(StandardCharsets.UTF_8);
        return own.version() + "+" + ImageBytes.wrap(bytes).sha256().substring(0, VERSION_DIGITS);
    }

    /** The bank; only sentences whose text is not in the own bank are encoded. */
    public SentenceBank bank(TextEncoder encoder) {
        List<Sentence> ordered = ordered();
        List<Embedding> embeddings = new ArrayList<>(ordered.size());
        Map<String, Embedding> known = ownEmbeddings();
        for (Sentence sentence : ordered) {
            Embedding embedding = known.get(sentence.text());
            embeddings.add(
                    embedding == null
                            ? encoder.encode(List.of(sentence.text())).getFirst()
                            : embedding);
        }
        return new SentenceBank(version(), own.findings(), ordered, embeddings);
    }

    private void apply(int position, SentenceEdit edit) {
        try {
            if (edit.retired()) {
                retire(edit);
            } else {
                sentences.put(edit.sentenceId(), sentence(edit));
            }
        } catch (IllegalArgumentException e) {
            refused.add(new RefusedEdit(position, edit, e.getMessage()));
        }
    }

    private void retire(SentenceEdit edit) {
        Sentence sentence = sentences.get(edit.sentenceId());
        if (sentence == null) {
            throw new IllegalArgumentException(
                    "sentence %s is not in bank %s; there is nothing to retire"
                            .formatted(edit.sentenceId(), own.version()));
        }
        checkNotLast(sentence);
        sentences.remove(edit.sentenceId());
    }

    private Sentence sentence(SentenceEdit edit) {
        if (!edit.sentenceId().matches(ID)) {
            throw new IllegalArgumentException(
                    "sentence id '%s' is not 1 to 100 of A-Z a-z 0-9 . _ : -"
                            .formatted(edit.sentenceId()));
        }
        Sentence before = sentences.get(edit.sentenceId());
        if (before == null) {
            checkRoom();
            boolean describes = edit.finding().isEmpty();
            // A sentence that describes stands for an attribute of its own.
            String attribute = describes ? edit.sentenceId() : "";
            return new Sentence(
                    edit.sentenceId(), edit.text(), role(edit), edit.finding(), attribute, "");
        }
        return changed(before, edit);
    }

    private Sentence changed(Sentence before, SentenceEdit edit) {
        String finding = before.role() == Role.ATTRIBUTE ? before.finding() : edit.finding();
        if (role(edit) != before.role()) {
            throw new IllegalArgumentException(
                    "sentence %s is a sentence of role %s and would become %s; retire it and add another"
                            .formatted(before.id(), before.role(), role(edit)));
        }
        if (!finding.equals(before.finding())) {
            checkNotLast(before);
        }
        return new Sentence(
                before.id(),
                edit.text(),
                before.role(),
                finding,
                before.attribute(),
                before.value());
    }

    private Role role(SentenceEdit edit) {
        if (edit.finding().isEmpty()) {
            return Role.ATTRIBUTE;
        }
        Finding finding =
                own.findings().stream()
                        .filter(known -> known.id().equals(edit.finding()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "sentence %s points to finding %s, which bank %s does not have"
                                                        .formatted(
                                                                edit.sentenceId(),
                                                                edit.finding(),
                                                                own.version())));
        return finding.scored() ? Role.FINDING : Role.DISEASE;
    }

    private void checkRoom() {
        if (sentences.size() >= MOST_SENTENCES) {
            throw new IllegalArgumentException(
                    "bank %s already has %,d sentences, the bound; retire some"
                            .formatted(own.version(), sentences.size()));
        }
    }

    /** A scored finding without a sentence could never be given. */
    private void checkNotLast(Sentence sentence) {
        boolean last =
                sentence.role() == Role.FINDING
                        && sentences.values().stream()
                                .filter(other -> other.role() == Role.FINDING)
                                .filter(other -> other.finding().equals(sentence.finding()))
                                .noneMatch(other -> !other.id().equals(sentence.id()));
        if (last) {
            throw new IllegalArgumentException(
                    "sentence %s is the last one of finding %s; add another first"
                            .formatted(sentence.id(), sentence.finding()));
        }
    }

    /** The same however they came about. */
    private List<Sentence> ordered() {
        List<Sentence> ordered = new ArrayList<>(sentences.size());
        Map<String, Sentence> added = new TreeMap<>(sentences);
        for (Sentence sentence : own.sentences()) {
            Sentence now = added.remove(sentence.id());
            if (now != null) {
                ordered.add(now);
            }
        }
        ordered.addAll(added.values());
        return ordered;
    }

    private Map<String, Embedding> ownEmbeddings() {
        Map<String, Embedding> known = LinkedHashMap.newLinkedHashMap(own.sentences().size());
        for (int i = 0; i < own.sentences().size(); i++) {
            known.put(own.sentences().get(i).text(), own.embeddings().get(i));
        }
        return known;
    }

    /** What is there and was not, and what was there and is not: a line each, by id. */
    private String difference() {
        Map<String, String> lines = new TreeMap<>(Comparator.naturalOrder());
        Map<String, Sentence> added = new LinkedHashMap<>(sentences);
        for (Sentence sentence : own.sentences()) {
            Sentence now = added.remove(sentence.id());
            if (now == null) {
                lines.put(sentence.id(), "retired " + sentence.id() + "\n");
            } else if (!now.equals(sentence)) {
                lines.put(now.id(), line(now));
            }
        }
        added.values().forEach(sentence -> lines.put(sentence.id(), line(sentence)));
        return String.join("", lines.values());
    }

    private static String line(Sentence sentence) {
        return "active %s %s %s %s\n"
                .formatted(
                        sentence.id(),
                        sentence.role(),
                        sentence.finding(),
                        sentence.text().replace("\\", "\\\\").replace("\n", "\\n"));
    }
}
