// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import io.cytolog.bank.Finding.Level;
import io.cytolog.bank.Sentence.Role;
import io.cytolog.embed.Embedding;
import java.util.List;

/** A bank in four dimensions whose numbers can be checked by hand. */
public final class SmallBank {

    /** The cosine at which softmax is taken ten times as steep. */
    public static final Calibration CALIBRATION = new Calibration(10, 0.5, 0.1, 0.6, 0.6, 0.05);

    private SmallBank() {}

    public static Embedding direction(double... values) {
        float[] vector = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            vector[i] = (float) values[i];
        }
        return Embedding.normalised(vector);
    }

    public static Finding finding(String id, Level level) {
        return new Finding(id, "A " + id, level, false, List.of());
    }

    public static Sentence sentence(String id, String finding) {
        return new Sentence(id, "It looks like " + id, Role.FINDING, finding, "", "");
    }

    public static Sentence attribute(String id, String attribute) {
        return new Sentence(id, "It shows " + id, Role.ATTRIBUTE, "", attribute, "yes");
    }

    /**
     * Blast along x, lymphocyte along y, a smudge (quality) along z, a disease along w; attributes
     * in between.
     */
    public static SentenceBank bank() {
        return new SentenceBank(
                "small-1",
                List.of(
                        finding("blast", Level.CELL),
                        finding("lymphocyte", Level.CELL),
                        finding("smudge", Level.QUALITY),
                        finding("leukaemia", Level.DISEASE)),
                List.of(
                        sentence("blast-1", "blast"),
                        sentence("blast-2", "blast"),
                        sentence("blast-3", "blast"),
                        sentence("lymphocyte-1", "lymphocyte"),
                        sentence("smudge-1", "smudge"),
                        new Sentence("d-1", "Many blasts", Role.DISEASE, "leukaemia", "", ""),
                        attribute("nucleoli", "nucleolus"),
                        attribute("no-nucleoli", "nucleolus"),
                        attribute("large", "size"),
                        attribute("blue", "cytoplasm"),
                        attribute("granules", "granularity")),
                List.of(
                        direction(1, 0.2, 0, 0),
                        direction(1, -0.2, 0, 0),
                        direction(1, 0, 0, 0),
                        direction(0, 1, 0, 0),
                        direction(0, 0, 1, 0),
                        direction(1, 0, 0, 0.1),
                        direction(1, 0, 0, 0.3),
                        direction(1, 0, 0, 0.6),
                        direction(1, 0, 0, 1),
                        direction(1, 0, 0, 2),
                        direction(0, 0, 0, 1)));
    }

    /** One a scored finding. */
    public static List<Embedding> prototypes() {
        return List.of(direction(1, 0, 0, 0.1), direction(0, 1, 0, 0.1), direction(0, 0, 1, 0.1));
    }

    public static Matcher matcher() {
        return new Matcher(bank(), CALIBRATION, prototypes());
    }
}
