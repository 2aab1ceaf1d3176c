// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.MatchedSentence;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a slide's results add up to so far. An image counts once: a result id that was seen among
 * the last {@value #REMEMBERED} of the slide is not counted again, so a replayed image, or the same
 * file sent twice, changes nothing. The same image under another release has another id and counts
 * again.
 *
 * @param findings released findings by id; abstained cells are not among them
 * @param sentences best sentences of cells, by id
 * @param releaseIds in order of first use
 * @param resultIds most recent last
 */
record SlideTally(
        String accession,
        String specimen,
        long images,
        long cells,
        long abstained,
        long reviewRequired,
        Map<String, FindingTally> findings,
        Map<String, SentenceTally> sentences,
        Set<String> releaseIds,
        Set<String> resultIds,
        long firstCapturedMillis,
        long lastEmittedMillis) {

    static final int REMEMBERED = 4_096;

    /** Cells of a finding, with the sum of their probabilities. */
    record FindingTally(String display, long cells, double probabilities) {

        FindingTally plus(FindingTally other) {
            return new FindingTally(
                    other.display, cells + other.cells, probabilities + other.probabilities);
        }
    }

    /** Cells that a sentence fits best. */
    record SentenceTally(String text, long cells) {

        SentenceTally plus(SentenceTally other) {
            return new SentenceTally(other.text, cells + other.cells);
        }
    }

    static SlideTally empty() {
        return new SlideTally(
                "",
                "",
                0,
                0,
                0,
                0,
                Map.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                Long.MAX_VALUE,
                Long.MIN_VALUE);
    }

    /** This tally with one more image, or this tally when the image is in it already. */
    SlideTally plus(ImageAnnotated image) {
        if (resultIds.contains(image.getResultId())) {
            return this;
        }
        Map<String, FindingTally> findingsNow = new LinkedHashMap<>(findings);
        Map<String, SentenceTally> sentencesNow = new LinkedHashMap<>(sentences);
        long abstainedNow = abstained;
        long reviewNow = reviewRequired;
        for (AnnotatedCell cell : image.getCells()) {
            if (cell.getAbstained()) {
                abstainedNow++;
            } else {
                findingsNow.merge(cell.getFinding(), finding(cell), FindingTally::plus);
            }
            if (cell.getReviewRequired()) {
                reviewNow++;
            }
            cell.getSentences().stream()
                    .findFirst()
                    .ifPresent(
                            best ->
                                    sentencesNow.merge(
                                            best.getSentenceId(),
                                            sentence(best),
                                            SentenceTally::plus));
        }
        return new SlideTally(
                image.getOrigin().getAccession(),
                image.getOrigin().getSpecimen(),
                images + 1,
                cells + image.getCells().size(),
                abstainedNow,
                reviewNow,
                findingsNow,
                sentencesNow,
                with(releaseIds, image.getReleaseId()),
                with(resultIds, image.getResultId()),
                Math.min(firstCapturedMillis, millis(image.getOrigin().getCapturedAt())),
                Math.max(lastEmittedMillis, millis(image.getEmittedAt())));
    }

    private static FindingTally finding(AnnotatedCell cell) {
        return new FindingTally(cell.getFindingDisplay(), 1, cell.getProbability());
    }

    private static SentenceTally sentence(MatchedSentence best) {
        return new SentenceTally(best.getText(), 1);
    }

    private static Set<String> with(Set<String> known, String one) {
        Set<String> more = new LinkedHashSet<>(known);
        more.add(one);
        while (more.size() > REMEMBERED) {
            more.remove(more.iterator().next());
        }
        return more;
    }

    private static long millis(Instant instant) {
        return instant.toEpochMilli();
    }
}
