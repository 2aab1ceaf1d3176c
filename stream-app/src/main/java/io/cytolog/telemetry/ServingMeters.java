// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import io.cytolog.release.ReleaseId;
import io.cytolog.serving.Agreement;
import io.cytolog.serving.ServingListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows which release answers, and how well announcements are followed. Safe for any thread. */
final class ServingMeters implements ServingListener {

    private final MeterRegistry registry;
    private final MultiGauge release;
    private final Counter changes;
    private final Timer load;
    private final DistributionSummary difference;
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger resident = new AtomicInteger();

    ServingMeters(MeterRegistry registry) {
        this.registry = registry;
        this.release =
                MultiGauge.builder("cytolog.release.info")
                        .description("1 for the release that serves.")
                        .register(registry);
        this.changes =
                Counter.builder("cytolog.release.changes")
                        .description("How often another release or other sentences began to serve.")
                        .register(registry);
        this.load =
                Timer.builder("cytolog.release.load")
                        .description("Time to read, verify, open and warm a release.")
                        .register(registry);
        Gauge.builder("cytolog.release.refused", refused, AtomicInteger::get)
                .description("Announcements in force that this instance cannot carry out.")
                .register(registry);
        Gauge.builder("cytolog.editions.resident", resident, AtomicInteger::get)
                .description("Releases, with their sentences, that are open.")
                .register(registry);
        for (Misplacement why : Misplacement.values()) {
            misplacedCounter(why);
        }
        editCounter(true);
        editCounter(false);
        for (Mirrored outcome : Mirrored.values()) {
            shadowImages(outcome);
        }
        for (Agreement agreement : Agreement.values()) {
            shadowCells(agreement);
        }
        this.difference =
                DistributionSummary.builder("cytolog.shadow.similarity.difference")
                        .description("Mean difference of similarity, shadow to answer, of a cell.")
                        .register(registry);
    }

    @Override
    public void serving(ReleaseId id, String bankVersion) {
        Tags tags = Tags.of("release_id", id.toString(), "bank_version", bankVersion);
        release.register(List.of(Row.of(tags, 1)), true);
        changes.increment();
    }

    @Override
    public void refused(int announcements) {
        refused.set(announcements);
    }

    @Override
    public void misplaced(Misplacement why) {
        misplacedCounter(why).increment();
    }

    @Override
    public void loaded(Duration took) {
        load.record(took);
    }

    @Override
    public void resident(int editions) {
        resident.set(editions);
    }

    @Override
    public void edited(boolean taken) {
        editCounter(taken).increment();
    }

    @Override
    public void mirrored(Mirrored outcome) {
        shadowImages(outcome).increment();
    }

    @Override
    public void compared(Agreement agreement) {
        shadowCells(agreement).increment();
    }

    @Override
    public void similarityDiffered(double by) {
        difference.record(by);
    }

    private Counter shadowImages(Mirrored outcome) {
        return Counter.builder("cytolog.shadow.images")
                .description("Images that a shadow was to see by what became of them.")
                .tag("outcome", label(outcome))
                .register(registry);
    }

    private Counter shadowCells(Agreement agreement) {
        return Counter.builder("cytolog.shadow.cells")
                .description("Cells by how a shadow agrees with what was answered.")
                .tag("agreement", label(agreement))
                .register(registry);
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Counter misplacedCounter(Misplacement why) {
        return Counter.builder("cytolog.release.misplaced")
                .baseUnit("images")
                .description("Images answered by another release than their time demands.")
                .tag("reason", label(why))
                .register(registry);
    }

    private Counter editCounter(boolean taken) {
        return Counter.builder("cytolog.sentence.edits")
                .description("Edits of sentences by whether a bank took them.")
                .tag("outcome", taken ? "taken" : "refused")
                .register(registry);
    }
}
