// Licensed under the Apache License, Version 2.0.
package io.cytolog.decision;

/** Acts on decisions; called by the reader's thread alone. */
public interface DecisionListener {

    /**
     * Decisions were made; the first call brings all that there were, the next ones what is new.
     */
    void decided(Decisions decisions);

    /** Some tenths of a second have gone by. */
    void timePassed();
}
