// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.Finding;
import io.cytolog.bank.SentenceBank;
import io.cytolog.image.CellPixels;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseId;
import io.cytolog.serving.ColourRelease;
import io.cytolog.serving.EditionPlan;
import io.cytolog.serving.ReleaseOrigin.Announced;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Releases, editions, and what they say of cells: the name of the edition and which cell it was, so
 * that a result shows who made each part of it. Made once for all schedules; used by one thread.
 */
final class Catalogue {

    /** The configured release, those that are announced, and the last one, which is bad. */
    static final List<ReleaseId> RELEASES = List.of(id('a'), id('b'), id('c'), id('d'), id('e'));

    static final ReleaseId BAD = RELEASES.getLast();

    private static final Finding ANY =
            new Finding("any", "Any cell", Finding.Level.CELL, false, List.of());
    private static final Map<String, Double> CERTAIN = Map.of(ANY.id(), 1.0);

    private final Map<String, Release> editions = new HashMap<>();

    /** The edition of a plan. */
    Release release(EditionPlan plan) throws InvalidReleaseException {
        ReleaseId id =
                plan.origin() instanceof Announced announced
                        ? announced.release()
                        : RELEASES.getFirst();
        if (id.equals(BAD)) {
            throw new InvalidReleaseException("release " + id.brief() + " is bad");
        }
        return edition(id, plan.decisions().size());
    }

    static boolean isBad(EditionPlan plan) {
        return plan.origin() instanceof Announced announced && announced.release().equals(BAD);
    }

    Release edition(ReleaseId id, int edits) {
        return editions.computeIfAbsent(
                nameOf(id, edits),
                name -> {
                    Release trained = ColourRelease.release(id);
                    SentenceBank bank = trained.bank();
                    return new Release(
                            id,
                            trained.folder(),
                            trained.manifest(),
                            new SentenceBank(
                                    "bank-" + edits,
                                    bank.findings(),
                                    bank.sentences(),
                                    bank.embeddings()),
                            trained.matcher(),
                            trained.golden(),
                            trained.heads(),
                            edits > 0);
                });
    }

    static String nameOf(Release release) {
        return release.id().value().charAt(0) + "/" + release.bank().version();
    }

    static String nameOf(ReleaseId id, int edits) {
        return id.value().charAt(0) + "/bank-" + edits;
    }

    /** What an edition says of a cell: its name as the finding, the cell as the margin. */
    static CellAnnotation annotation(Finding edition, CellPixels cell) {
        return new CellAnnotation(
                ANY, edition, cellName(cell), CERTAIN, Optional.empty(), List.of());
    }

    static Finding stamp(Release release) {
        return new Finding(nameOf(release), "stamp", Finding.Level.CELL, false, List.of());
    }

    static double cellName(CellPixels cell) {
        return cell.rgb()[0] * 16.0 + cell.rgb()[1];
    }

    private static ReleaseId id(char digit) {
        return new ReleaseId(String.valueOf(digit).repeat(64));
    }
}
