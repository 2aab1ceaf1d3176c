// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import static java.util.Comparator.comparing;

import io.cytolog.serving.ReleaseOrigin.Announced;
import io.cytolog.serving.ReleaseOrigin.Configured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * All decisions of a channel, and what follows from them: which edition answers an image is a
 * function of the log-append time of its record, whoever asks and whenever. Immutable and safe for
 * any thread; what it computed it remembers.
 */
public final class Timeline {

    private static final int REMEMBERED = 64;
    private static final Comparator<ReleaseDecision> IN_ORDER =
            comparing(ReleaseDecision::effectiveAt).thenComparing(ReleaseDecision::position);

    /** Before any decision. */
    public static final Timeline EMPTY = new Timeline(List.of(), List.of(), Set.of());

    private final List<ReleaseDecision> releases;
    private final List<SentenceDecision> sentences;
    private final Set<Long> refused;
    private final NavigableSet<Instant> changes = new TreeSet<>();
    private final Map<Instant, Segment> remembered = new ConcurrentHashMap<>();

    /**
     * What holds between two changes.
     *
     * @param serving decision that the plan rests on; empty for the configured release
     */
    private record Segment(
            EditionPlan plan, List<ReleaseDecision> serving, List<Shadowing> shadow) {}

    /**
     * A release that runs beside.
     *
     * @param share of the images that it sees
     */
    public record Shadowing(EditionPlan plan, double share, long position) {}

    private Timeline(
            List<ReleaseDecision> releases, List<SentenceDecision> sentences, Set<Long> refused) {
        this.releases = releases.stream().sorted(IN_ORDER).toList();
        this.sentences =
                sentences.stream()
                        .sorted(
                                comparing(SentenceDecision::effectiveAt)
                                        .thenComparing(SentenceDecision::position))
                        .toList();
        this.refused = Set.copyOf(refused);
        releases.forEach(decision -> changes.add(decision.effectiveAt()));
        sentences.forEach(decision -> changes.add(decision.effectiveAt()));
    }

    /** This timeline with more decisions. */
    public Timeline plus(List<ReleaseDecision> moreReleases, List<SentenceDecision> moreSentences) {
        return new Timeline(
                concat(releases, moreReleases), concat(sentences, moreSentences), refused);
    }

    /** This timeline without the announcements of a release that this instance cannot make. */
    public Timeline without(Announced announced) {
        Set<Long> more = new HashSet<>(refused);
        releases.stream()
                .filter(decision -> decision.role() != ReleaseRole.RETIRE)
                .filter(decision -> origin(decision).equals(announced))
                .forEach(decision -> more.add(decision.position()));
        return new Timeline(releases, sentences, more);
    }

    /** How many announcements this instance cannot carry out. */
    public int refused() {
        return refused.size();
    }

    /** Of those, how many would now serve or shadow, or are about to. */
    public int refusedInForce() {
        if (refused.isEmpty()) {
            return 0;
        }
        return (int)
                Stream.of(ReleaseRole.SERVE, ReleaseRole.SHADOW)
                        .flatMap(role -> standing(role, Instant.MAX).limit(1))
                        .filter(decision -> refused.contains(decision.position()))
                        .count();
    }

    /** The edition that answers an image whose record has this time. */
    public EditionPlan at(Instant recordTime) {
        return segment(recordTime).plan();
    }

    /** The announcement that {@link #at} rests on; empty for the configured release. */
    public Optional<ReleaseDecision> decisionAt(Instant recordTime) {
        return segment(recordTime).serving().stream().findFirst();
    }

    /** The release that runs beside for an image whose record has this time. */
    public Optional<Shadowing> shadowAt(Instant recordTime) {
        return segment(recordTime).shadow().stream().findFirst();
    }

    /** The first point of change after a time. */
    public Optional<Instant> nextChange(Instant after) {
        return Optional.ofNullable(changes.higher(after));
    }

    /** The edition before the change that the one at this time came with. */
    public EditionPlan before(Instant recordTime) {
        EditionPlan now = at(recordTime);
        Instant change = changes.floor(recordTime);
        while (change != null) {
            EditionPlan earlier = at(change.minusNanos(1));
            if (!earlier.equals(now)) {
                return earlier;
            }
            change = changes.lower(change);
        }
        return now;
    }

    /** Edits of sentences, in the order in which they apply. */
    public List<SentenceDecision> sentences() {
        return sentences;
    }

    /** Announcements, in the order of their points of change. */
    public List<ReleaseDecision> releases() {
        return releases;
    }

    private Segment segment(Instant time) {
        Instant from = Optional.ofNullable(changes.floor(time)).orElse(Instant.MIN);
        Segment known = remembered.get(from);
        if (known != null) {
            return known;
        }
        if (remembered.size() >= REMEMBERED) {
            remembered.clear();
        }
        Segment computed = compute(from);
        remembered.put(from, computed);
        return computed;
    }

    private Segment compute(Instant time) {
        List<SentenceDecision> edits =
                sentences.stream().filter(edit -> !edit.effectiveAt().isAfter(time)).toList();
        List<ReleaseDecision> serving = last(ReleaseRole.SERVE, time);
        ReleaseOrigin origin =
                serving.isEmpty() ? Configured.CONFIGURED : origin(serving.getFirst());
        List<Shadowing> shadow =
                last(ReleaseRole.SHADOW, time).stream()
                        .filter(decision -> decision.share() > 0)
                        .map(
                                decision ->
                                        new Shadowing(
                                                new EditionPlan(origin(decision), edits),
                                                decision.share(),
                                                decision.position()))
                        .toList();
        return new Segment(new EditionPlan(origin, edits), serving, shadow);
    }

    /** The last decision of a role that holds at a time; none or one. */
    private List<ReleaseDecision> last(ReleaseRole role, Instant time) {
        return standing(role, time)
                .filter(decision -> !refused.contains(decision.position()))
                .limit(1)
                .toList();
    }

    /** Announcements of a role that hold at a time, the last one first. */
    private Stream<ReleaseDecision> standing(ReleaseRole role, Instant time) {
        return releases.reversed().stream()
                .filter(decision -> decision.role() == role)
                .filter(decision -> !decision.effectiveAt().isAfter(time))
                .filter(decision -> !retired(decision, time));
    }

    private boolean retired(ReleaseDecision decision, Instant time) {
        return releases.stream()
                .anyMatch(
                        later ->
                                later.role() == ReleaseRole.RETIRE
                                        && later.release().equals(decision.release())
                                        && later.position() > decision.position()
                                        && !later.effectiveAt().isAfter(time));
    }

    private static ReleaseOrigin origin(ReleaseDecision decision) {
        return new Announced(decision.release(), decision.location());
    }

    private static <T> List<T> concat(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
