// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.offline;

/** What became of the images so far. */
public record Tally(int annotated, int rejected, int cells, int abstained) {

    static final Tally NONE = new Tally(0, 0, 0, 0);

    /** Images with an outcome. */
    public int images() {
        return annotated + rejected;
    }

    Tally plusAnnotated(int moreCells, int moreAbstained) {
        return new Tally(annotated + 1, rejected, cells + moreCells, abstained + moreAbstained);
    }

    Tally plusRejected() {
        return new Tally(annotated, rejected + 1, cells, abstained);
    }
}
