// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

/**
 * A sentence of the bank.
 *
 * @param id stable identifier
 * @param text what a morphologist would say, at most 400 characters
 * @param role what the sentence does
 * @param finding id of the finding that it points to; empty for an attribute sentence
 * @param attribute the morphology attribute that it describes; empty for other roles
 * @param value the attribute's value; empty for other roles
 */
public record Sentence(
        String id, String text, Role role, String finding, String attribute, String value) {

    private static final int LONGEST = 400;

    /** What a sentence does. */
    public enum Role {
        /** Describes a finding; the finding's sentences are averaged and scored. */
        FINDING,
        /** Describes one feature of a cell; matched, never scored. */
        ATTRIBUTE,
        /** Describes a disease; kept for search, never matched to one cell. */
        DISEASE
    }

    public Sentence {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "sentence %s has %d characters; give 1 to %d"
                            .formatted(id, text.length(), LONGEST));
        }
    }
}
