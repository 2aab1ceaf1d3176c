// Licensed under the Apache License, Version 2.0.
package io.cytolog.decision;

import io.cytolog.serving.ReleaseDecision;
import io.cytolog.serving.SentenceDecision;
import io.cytolog.serving.Timeline;
import java.util.List;

/** Decisions that were read, in the order of their records. */
public record Decisions(List<ReleaseDecision> releases, List<SentenceDecision> sentences) {

    public Decisions {
        releases = List.copyOf(releases);
        sentences = List.copyOf(sentences);
    }

    public boolean isEmpty() {
        return releases.isEmpty() && sentences.isEmpty();
    }

    /** What follows from them and nothing else. */
    public Timeline timeline() {
        return Timeline.EMPTY.plus(releases, sentences);
    }
}
