// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.bank.SentenceEdit;
import io.cytolog.release.ReleaseId;
import io.cytolog.schedule.Schedule;
import io.cytolog.serving.ReleaseDecision;
import io.cytolog.serving.ReleaseRole;
import io.cytolog.serving.SentenceDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Announces releases and edits of sentences, each with a point of change that lies ahead, and knows
 * by a plain reading of them which edition the time of a record demands.
 */
final class Announcer {

    private final Schedule schedule;
    private final List<ReleaseDecision> releases = new ArrayList<>();
    private final List<SentenceDecision> sentences = new ArrayList<>();
    private int positions;

    Announcer(Schedule schedule) {
        this.schedule = schedule;
    }

    List<ReleaseDecision> releases() {
        return releases;
    }

    List<SentenceDecision> sentences() {
        return sentences;
    }

    int decisions() {
        return positions;
    }

    ReleaseDecision release() {
        ReleaseId id = Catalogue.RELEASES.get(schedule.between(1, Catalogue.RELEASES.size() - 1));
        ReleaseRole role =
                switch (schedule.below(6)) {
                    case 0 -> ReleaseRole.SHADOW;
                    case 1 -> ReleaseRole.RETIRE;
                    default -> ReleaseRole.SERVE;
                };
        var decision =
                new ReleaseDecision(id, "file:///" + id, role, 1, pointOfChange(), positions++);
        releases.add(decision);
        return decision;
    }

    SentenceDecision sentence() {
        var edit = SentenceEdit.active("s-" + positions, "A cell.", "any");
        var decision = new SentenceDecision(edit, pointOfChange(), positions++);
        sentences.add(decision);
        return decision;
    }

    /** The decision that was made last, if it was about a release. */
    List<ReleaseDecision> latestRelease() {
        return !releases.isEmpty() && releases.getLast().position() == positions - 1
                ? List.of(releases.getLast())
                : List.of();
    }

    /** The decision that was made last, if it was about a sentence. */
    List<SentenceDecision> latestSentence() {
        return !sentences.isEmpty() && sentences.getLast().position() == positions - 1
                ? List.of(sentences.getLast())
                : List.of();
    }

    private Instant pointOfChange() {
        return Instant.ofEpochMilli(schedule.millis() + schedule.between(2, 25));
    }

    /** Name of the edition that has to answer a record of this time. */
    String demanded(long timestamp) {
        int edits = 0;
        for (SentenceDecision decision : sentences) {
            edits += holds(decision.effectiveAt(), timestamp) ? 1 : 0;
        }
        ReleaseDecision last = null;
        for (ReleaseDecision decision : releases) {
            if (decision.role() == ReleaseRole.SERVE
                    && holds(decision.effectiveAt(), timestamp)
                    && !decision.release().equals(Catalogue.BAD)
                    && !isRetired(decision, timestamp)
                    && (last == null || !decision.effectiveAt().isBefore(last.effectiveAt()))) {
                last = decision;
            }
        }
        return Catalogue.nameOf(
                last == null ? Catalogue.RELEASES.getFirst() : last.release(), edits);
    }

    private boolean isRetired(ReleaseDecision decision, long timestamp) {
        for (ReleaseDecision later : releases) {
            if (later.role() == ReleaseRole.RETIRE
                    && later.release().equals(decision.release())
                    && later.position() > decision.position()
                    && holds(later.effectiveAt(), timestamp)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Instant from, long timestamp) {
        return from.toEpochMilli() <= timestamp;
    }
}
