// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.Match;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** How what a shadow says of a cell stands to what was answered. */
public enum Agreement {
    /** Both give the same finding, or both abstain. */
    SAME,
    /** Both give a finding, not the same. */
    FINDING_DIFFERS,
    /** One gives a finding and the other abstains. */
    ABSTENTION_DIFFERS;

    static Agreement of(CellAnnotation answered, CellAnnotation shadowed) {
        if (answered.abstained() != shadowed.abstained()) {
            return ABSTENTION_DIFFERS;
        }
        return answered.findingId().equals(shadowed.findingId()) ? SAME : FINDING_DIFFERS;
    }

    /** Mean absolute difference of similarity over the sentences that both name. */
    static OptionalDouble similarityDifference(CellAnnotation answered, CellAnnotation shadowed) {
        Map<String, Double> known = new HashMap<>();
        for (Match match : answered.matches()) {
            known.put(match.sentence().id(), match.similarity());
        }
        return shadowed.matches().stream()
                .filter(match -> known.containsKey(match.sentence().id()))
                .mapToDouble(
                        match -> Math.abs(match.similarity() - known.get(match.sentence().id())))
                .average();
    }
}
