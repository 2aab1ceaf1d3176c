// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.release;

import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.Embedding;
import io.cytolog.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A release with as many sentences as one likes: its own, then made ones with random embeddings.
 */
public final class WideBank {

    private static final long SEED = 5;

    private WideBank() {}

    /** The release with so many sentences, at least its own. */
    public static Release of(Release release, int sentences) {
        SentenceBank own = release.bank();
        List<Sentence> all = new ArrayList<>(own.sentences());
        List<Embedding> embeddings = new ArrayList<>(own.embeddings());
        Random random = new Random(SEED);
        int dimensions = own.embeddings().getFirst().dimensions();
        for (int i = all.size(); i < sentences; i++) {
            Sentence like = own.sentences().get(i % own.sentences().size());
            all.add(
                    new Sentence(
                            "made-" + i,
                            like.text(),
                            like.role(),
                            like.finding(),
                            like.attribute(),
                            like.value()));
            embeddings.add(random(random, dimensions));
        }
        SentenceBank bank =
                new SentenceBank(own.version() + "-wide", own.findings(), all, embeddings);
        return new Release(
                release.id(),
                release.folder(),
                release.manifest(),
                bank,
                release.matcher().over(bank),
                release.golden(),
                release.heads(),
                true);
    }

    private static Embedding random(Random random, int dimensions) {
        float[] values = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Embedding.normalised(values);
    }
}
