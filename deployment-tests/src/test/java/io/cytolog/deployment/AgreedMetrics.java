// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metrics that the stream-app promises: a panel or a rule on any other would stay empty. */
final class AgreedMetrics {
    private static final Set<String> PLAIN =
            Set.of(
                    "cytolog_images_total",
                    "cytolog_cells_total",
                    "cytolog_images_rejected_total",
                    "cytolog_queue_bytes",
                    "cytolog_held_bytes",
                    "cytolog_in_flight_images",
                    "cytolog_consumer_lag_records",
                    "cytolog_time_lag_seconds",
                    "cytolog_release_info",
                    "cytolog_release_changes_total",
                    "cytolog_release_refused",
                    "cytolog_release_misplaced_images_total",
                    "cytolog_editions_resident",
                    "cytolog_sentence_edits_total",
                    "cytolog_shadow_images_total",
                    "cytolog_shadow_cells_total");
    private static final Set<String> SUMMARIES =
            Set.of(
                    "cytolog_batch_wait_seconds",
                    "cytolog_session_run_seconds",
                    "cytolog_barrier_wait_seconds",
                    "cytolog_release_load_seconds",
                    "cytolog_shadow_similarity_difference");
    private static final Set<String> HISTOGRAMS =
            Set.of(
                    "cytolog_batch_size",
                    "cytolog_arrival_to_committed_seconds",
                    "cytolog_lane_wait_seconds");
    private static final Pattern NAME = Pattern.compile("\\bcytolog[_:][\\w:]+");

    private AgreedMetrics() {}

    /** The names in a PromQL expression that nobody emits. */
    static Set<String> strangersIn(String expression) {
        var agreed = series().collect(Collectors.toSet());
        return NAME.matcher(expression)
                .results()
                .map(match -> match.group())
                .filter(name -> !agreed.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of metrics whose series an expression reads. */
    static Set<String> families(String expressions) {
        return Stream.of(PLAIN, SUMMARIES, HISTOGRAMS)
                .flatMap(Set::stream)
                .filter(name -> expressions.contains(name))
                .collect(Collectors.toSet());
    }

    static Set<String> all() {
        return Stream.of(PLAIN, SUMMARIES, HISTOGRAMS)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private static Stream<String> series() {
        var counted = Stream.concat(SUMMARIES.stream(), HISTOGRAMS.stream());
        var parts = counted.flatMap(name -> Stream.of(name + "_sum", name + "_count"));
        var buckets = HISTOGRAMS.stream().map(name -> name + "_bucket");
        return Stream.of(PLAIN.stream(), parts, buckets, recorded()).flatMap(stream -> stream);
    }

    /** What our own rules compute from the metrics. */
    private static Stream<String> recorded() {
        var rules = Checkout.yaml("deploy/prometheus/alerts.yml").findValuesAsText("record");
        return rules.stream();
    }
}
