// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import io.cytolog.corpus.CellTexts;
import io.cytolog.corpus.Wordings;
import io.cytolog.network.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A fixed random vector a finding in place of its sentences: what remains is a classifier with a
 * learnt vector a class. Immutable.
 */
final class Codes {

    private static final long SEED = 20_241;

    private final List<float[]> vectors = new ArrayList<>();

    Codes(Wordings wordings) {
        Random random = new Random(SEED);
        for (int f = 0; f < wordings.findings().size(); f++) {
            float[] vector = new float[Layout.TEXT_INPUT];
            double square = 0;
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) random.nextGaussian();
                square += vector[i] * vector[i];
            }
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= (float) Math.sqrt(square);
            }
            vectors.add(vector);
        }
    }

    /** One a finding. */
    List<List<float[]>> vectors() {
        return vectors.stream().map(List::of).toList();
    }

    /** The texts' vectors with those of findings replaced. */
    float[] over(CellTexts texts, float[] rows) {
        float[] replaced = rows.clone();
        for (int f = 0; f < vectors.size(); f++) {
            for (int number : texts.ofFinding(f)) {
                System.arraycopy(
                        vectors.get(f), 0, replaced, number * Layout.TEXT_INPUT, Layout.TEXT_INPUT);
            }
        }
        return replaced;
    }
}
