// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.bank.SentenceEdit;
import java.util.List;
import java.util.Objects;

/**
 * What an edition is to be made of: a release and all edits of sentences in force, in order. Equal
 * plans give equal editions. A class, so that its hash is computed once and not for each image.
 */
public final class EditionPlan {

    private final ReleaseOrigin origin;
    private final List<SentenceDecision> edits;
    private final int hash;

    public EditionPlan(ReleaseOrigin origin, List<SentenceDecision> edits) {
        this.origin = origin;
        this.edits = List.copyOf(edits);
        this.hash = Objects.hash(this.origin, this.edits);
    }

    public ReleaseOrigin origin() {
        return origin;
    }

    /** In the order in which they apply. */
    public List<SentenceDecision> decisions() {
        return edits;
    }

    /** What {@link io.cytolog.bank.BankEdits} takes. */
    public List<SentenceEdit> edits() {
        return edits.stream().map(SentenceDecision::edit).toList();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof EditionPlan that
                        && hash == that.hash
                        && origin.equals(that.origin)
                        && edits.equals(that.edits);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return edits.isEmpty()
                ? origin.toString()
                : "%s with %d edits".formatted(origin, edits.size());
    }
}
