// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import static java.util.Comparator.comparing;

import io.cytolog.event.FindingCount;
import io.cytolog.event.SentenceCount;
import io.cytolog.event.SlideStatus;
import io.cytolog.event.SlideSummarised;
import io.cytolog.topology.SlideTally.FindingTally;
import io.cytolog.topology.SlideTally.SentenceTally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Makes a summary of a slide's tally and numbers it. The number is counted here, behind the cache
 * that folds several images into one summary, so that revisions have no gaps. Owned by its task's
 * stream thread.
 */
final class Revise implements Processor<SlideKey, SlideTally, SlideKey, SlideSummarised> {

    /** Name of the store of the last revision of a slide. */
    static final String STORE = "slide-revisions";

    private static final int SENTENCES = 10;

    private ProcessorContext<SlideKey, SlideSummarised> context;
    private KeyValueStore<SlideKey, Long> revisions;

    Revise() {}

    @Override
    public void init(ProcessorContext<SlideKey, SlideSummarised> context) {
        this.context = context;
        this.revisions = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<SlideKey, SlideTally> record) {
        Long last = revisions.get(record.key());
        long revision = last == null ? 1 : last + 1;
        revisions.put(record.key(), revision);
        context.forward(
                record.withValue(
                        summary(record.key().toString(), record.value())
                                .setRevision(revision)
                                .setSupersedes(last)
                                .build()));
    }

    private static SlideSummarised.Builder summary(String slide, SlideTally tally) {
        return SlideSummarised.newBuilder()
                .setSlide(slide)
                .setAccession(tally.accession())
                .setSpecimen(tally.specimen())
                .setStatus(SlideStatus.PRELIMINARY)
                .setImages(tally.images())
                .setCells(tally.cells())
                .setAbstained(tally.abstained())
                .setReviewRequired(tally.reviewRequired())
                .setFindings(findings(tally.findings()))
                .setSentences(sentences(tally.sentences()))
                .setReleaseIds(new ArrayList<>(tally.releaseIds()))
                .setFirstCapturedAt(Instant.ofEpochMilli(tally.firstCapturedMillis()))
                .setLastEmittedAt(Instant.ofEpochMilli(tally.lastEmittedMillis()));
    }

    private static List<FindingCount> findings(Map<String, FindingTally> tallies) {
        return tallies.entrySet().stream()
                .map(entry -> count(entry.getKey(), entry.getValue()))
                .sorted(
                        comparing(FindingCount::getCells, Comparator.reverseOrder())
                                .thenComparing(FindingCount::getFinding))
                .toList();
    }

    private static FindingCount count(String finding, FindingTally tally) {
        return new FindingCount(
                finding, tally.display(), tally.cells(), tally.probabilities() / tally.cells());
    }

    private static List<SentenceCount> sentences(Map<String, SentenceTally> tallies) {
        return tallies.entrySet().stream()
                .map(entry -> count(entry.getKey(), entry.getValue()))
                .sorted(
                        comparing(SentenceCount::getCells, Comparator.reverseOrder())
                                .thenComparing(SentenceCount::getSentenceId))
                .limit(SENTENCES)
                .toList();
    }

    private static SentenceCount count(String sentenceId, SentenceTally tally) {
        return new SentenceCount(sentenceId, tally.text(), tally.cells());
    }
}
