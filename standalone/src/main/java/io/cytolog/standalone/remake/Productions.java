// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.remake;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.serde.AvroDeserializer;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.log.TimeRange;
import io.cytolog.standalone.log.TopicScan;
import io.cytolog.standalone.log.TopicScan.Visitor;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Which edition produced what, read from the results themselves. */
public final class Productions {

    private static final int MOST = 200_000;

    private Productions() {}

    /**
     * Sums results up by slide and edition, in the order of their first image.
     *
     * @param wanted which results count
     * @param progress offsets done, of how many
     */
    public static List<Produced> of(
            Cluster cluster,
            EventSerdes serdes,
            TimeRange range,
            Predicate<ImageAnnotated> wanted,
            BiConsumer<Long, Long> progress) {
        Topic<ImageAnnotated> topic = cluster.topic(Topics.IMAGES_ANNOTATED);
        AvroDeserializer<ImageAnnotated> reader = serdes.deserializer(topic);
        Map<List<String>, Produced> sums = new HashMap<>();
        try (TopicScan scan = TopicScan.of(cluster, topic, range)) {
            Visitor<RuntimeException> each =
                    record -> {
                        ImageAnnotated result = reader.deserialize(record.topic(), record.value());
                        if (wanted.test(result)) {
                            add(sums, Produced.of(result));
                        }
                    };
            scan.forEach(each, done -> progress.accept(done, scan.total()));
        }
        return sums.values().stream().sorted(Comparator.comparing(Produced::first)).toList();
    }

    private static void add(Map<List<String>, Produced> sums, Produced one) {
        sums.merge(List.of(one.slide(), one.releaseId(), one.bankVersion()), one, Produced::plus);
        if (sums.size() > MOST) {
            throw new InvalidInputException(
                    "more than %,d slides and editions; narrow it with --since and --until"
                            .formatted(MOST));
        }
    }
}
