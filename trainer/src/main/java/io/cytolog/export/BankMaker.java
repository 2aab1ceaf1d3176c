// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import io.cytolog.bank.Finding;
import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceBank;
import io.cytolog.corpus.FindingTable;
import io.cytolog.corpus.Wordings;
import io.cytolog.corpus.Wordings.AttributeWords;
import io.cytolog.corpus.Wordings.DiseaseWords;
import io.cytolog.corpus.Wordings.FindingWords;
import io.cytolog.corpus.Wordings.ValueWords;
import io.cytolog.embed.Embedding;
import io.cytolog.fit.Embedder;
import io.cytolog.onnx.MiniLmTextTower;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes the bank of a release from the wordings that training never saw. */
final class BankMaker {

    private final Wordings wordings;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Sentence> sentences = new ArrayList<>();

    BankMaker(Wordings wordings, FindingTable table) {
        this.wordings = wordings;
        for (FindingWords words : wordings.findings()) {
            Finding.Level level = Finding.Level.valueOf(words.level().toUpperCase(Locale.ROOT));
            findings.add(
                    new Finding(
                            words.id(),
                            words.display(),
                            level,
                            words.reviewRequired(),
                            table.aliases(words.id())));
            for (int k = 0; k < words.bank().size(); k++) {
                String id = "%s-%d".formatted(words.id(), k + 1);
                sentences.add(sentence(id, words.bank().get(k), Sentence.Role.FINDING, words.id()));
            }
        }
        wordings.attributes().forEach(this::add);
        wordings.diseases().forEach(this::add);
    }

    SentenceBank make(MiniLmTextTower tower, Embedder embedder) {
        List<float[]> vectors = tower.embed(sentences.stream().map(Sentence::text).toList());
        List<Embedding> embeddings =
                embedder.texts(vectors).stream().map(Embedding::ofUnit).toList();
        return new SentenceBank(wordings.version(), findings, sentences, embeddings);
    }

    private void add(AttributeWords attribute) {
        for (ValueWords value : attribute.values()) {
            for (int k = 0; k < value.bank().size(); k++) {
                String id = "%s-%s-%d".formatted(attribute.name(), value.value(), k + 1);
                sentences.add(
                        new Sentence(
                                id.replace(' ', '-'),
                                asSentence(value.bank().get(k)),
                                Sentence.Role.ATTRIBUTE,
                                "",
                                attribute.name(),
                                value.value()));
            }
        }
    }

    private void add(DiseaseWords disease) {
        findings.add(
                new Finding(
                        disease.id(), disease.display(), Finding.Level.DISEASE, true, List.of()));
        for (int k = 0; k < disease.bank().size(); k++) {
            String id = "%s-%d".formatted(disease.id().toLowerCase(Locale.ROOT), k + 1);
            sentences.add(sentence(id, disease.bank().get(k), Sentence.Role.DISEASE, disease.id()));
        }
    }

    private static Sentence sentence(String id, String text, Sentence.Role role, String finding) {
        return new Sentence(id, text, role, finding, "", "");
    }

    private static String asSentence(String phrase) {
        String raised = phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1);
        return raised.endsWith(".") ? raised : raised + ".";
    }
}
