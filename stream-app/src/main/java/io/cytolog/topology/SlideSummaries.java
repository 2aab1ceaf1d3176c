// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import static io.cytolog.topology.KeySerdes.SLIDE;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Readable;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds results into slide summaries. A sub-topology of its own that reads what the other wrote,
 * since nothing with a cache may stand behind the drain. Results without a slide have no summary.
 */
final class SlideSummaries {

    private static final Logger LOG = LoggerFactory.getLogger(SlideSummaries.class);

    private final StreamTopics topics;
    private final EventSerdes serdes;

    SlideSummaries(StreamTopics topics, EventSerdes serdes) {
        this.topics = topics;
        this.serdes = serdes;
    }

    void addTo(StreamsBuilder builder) {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(Revise.STORE), SLIDE, Serdes.Long()));
        builder.stream(
                        topics.annotated().name(),
                        Consumed.with(SLIDE, serdes.readable(topics.annotated()))
                                .withName("results"))
                .filterNot((slide, result) -> slide.isNone(), Named.as("results-of-slides"))
                .flatMapValues(SlideSummaries::readable, Named.as("readable-results"))
                .groupByKey(Grouped.with("slide", SLIDE, serdes.serde(topics.annotated())))
                .aggregate(
                        SlideTally::empty,
                        (slide, result, tally) -> tally.plus(result),
                        Named.as("tally-slide"),
                        Materialized.<SlideKey, SlideTally>as(
                                        Stores.persistentKeyValueStore("slide-tallies"))
                                .withKeySerde(SLIDE)
                                .withValueSerde(SlideTallySerde.TALLY)
                                .withCachingEnabled())
                .toStream(Named.as("slide-tallies-changed"))
                .process(Revise::new, Named.as("revise-summary"), Revise.STORE)
                .to(
                        topics.summarised().name(),
                        Produced.with(SLIDE, serdes.serde(topics.summarised()))
                                .withName("slides-summarised"));
    }

    /**
     * Only this service writes results, so one that cannot be read is worth a warning, not a stop.
     */
    private static List<ImageAnnotated> readable(Readable<ImageAnnotated> result) {
        return switch (result) {
            case null -> List.of();
            case Readable.Read<ImageAnnotated>(ImageAnnotated value) -> List.of(value);
            case Readable.Unreadable<ImageAnnotated> unreadable -> {
                LOG.warn("result left out of its slide's summary reason=\"{}\"", unreadable.why());
                yield List.of();
            }
        };
    }
}
