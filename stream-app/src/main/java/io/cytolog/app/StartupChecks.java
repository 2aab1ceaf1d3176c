// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.config.AppConfig;
import io.cytolog.onnx.SessionOpener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** What results depend on, above all the commit barrier, checked before anything is consumed. */
final class StartupChecks {

    private StartupChecks() {}

    /** What of the settings would lose or delay results; empty when they serve. */
    static List<String> faults(AppConfig config) {
        StreamsConfig effective = new StreamsConfig(StreamSettings.streams(config));
        List<String> faults = new ArrayList<>();
        checkDevice(config, faults);
        checkCache(effective, faults);
        checkHandler(effective, faults);
        checkGuarantee(config, effective, faults);
        checkTimes(config, effective, faults);
        checkLead(config, faults);
        if (!config.claimCheck().s3().buckets().isEmpty()) {
            faults.addAll(Content.faults(config));
        }
        return faults;
    }

    /** What an operator should know of settings that serve. */
    static List<String> warnings(AppConfig config) {
        List<String> warnings = new ArrayList<>();
        if (config.streams().guarantee() == AppConfig.Guarantee.AT_LEAST_ONCE) {
            warnings.add(
                    """
                    streams.guarantee=at-least-once repeats results after a crash; set \
                    exactly-once unless every reader drops results whose id it has seen\
                    """);
        }
        if (config.release().trustedKeys().isEmpty()) {
            warnings.add(
                    """
                    release.trusted-keys is empty: unsigned releases are accepted; name the public \
                    key of whoever may release\
                    """);
        }
        return warnings;
    }

    /** To insist on a GPU and run on the CPU would be a promise broken in silence: it is tried. */
    private static void checkDevice(AppConfig config, List<String> faults) {
        new SessionOpener(Parts.sessions(config)).fault().ifPresent(faults::add);
    }

    private static void checkCache(StreamsConfig effective, List<String> faults) {
        long cache = effective.getLong(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG);
        if (cache <= 0) {
            faults.add(
                    """
                    streams.cache=%dB leaves the commit barrier without its record cache, and \
                    every batch would hold one image; give one such as 10MiB\
                    """
                            .formatted(cache));
        }
    }

    private static void checkHandler(StreamsConfig effective, List<String> faults) {
        Class<?> handler =
                effective.getClass(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG);
        if (handler != LogAndFailProcessingExceptionHandler.class) {
            faults.add(
                    """
                    kafka.properties.%s=%s could swallow a failure in the commit barrier and lose \
                    its images; leave it out\
                    """
                            .formatted(
                                    StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                                    handler.getName()));
        }
    }

    /** The guarantee has a setting of its own; a Kafka property must not undo it in silence. */
    private static void checkGuarantee(
            AppConfig config, StreamsConfig effective, List<String> faults) {
        String guarantee = effective.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
        if (!guarantee.equals(StreamSettings.guarantee(config))) {
            faults.add(
                    """
                    kafka.properties.%s=%s contradicts streams.guarantee=%s; leave it out and set \
                    streams.guarantee\
                    """
                            .formatted(
                                    StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                                    guarantee,
                                    config.streams().guarantee()));
        }
    }

    private static void checkTimes(AppConfig config, StreamsConfig effective, List<String> faults) {
        long barrier = config.barrier().timeout().toMillis();
        Map<String, Object> producer = effective.getProducerConfigs("check");
        checkBelow(barrier, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, producer, faults);
        Map<String, Object> consumer = effective.getMainConsumerConfigs("check", "check", 0);
        checkBelow(barrier, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, consumer, faults);
    }

    /** Past the lead a ROUTINE cell may need half the barrier's time: see the batcher's backlog. */
    private static void checkLead(AppConfig config, List<String> faults) {
        long lead = config.batch().statLead().toMillis();
        long most = config.barrier().timeout().toMillis() / 2;
        if (lead > most) {
            faults.add(
                    """
                    batch.stat-lead=%dms is longer than half of barrier.timeout=%dms: a ROUTINE \
                    image could outlast a commit; give at most %dms or raise barrier.timeout\
                    """
                            .formatted(lead, config.barrier().timeout().toMillis(), most));
        }
    }

    private static void checkBelow(
            long barrier, String name, Map<String, Object> client, List<String> faults) {
        Object set = client.get(name);
        if (set != null && barrier >= Long.parseLong(set.toString().strip())) {
            faults.add(
                    """
                    barrier.timeout=%dms is not below kafka.properties.%s=%s: a commit could \
                    outlast its transaction; lower the one or raise the other\
                    """
                            .formatted(barrier, name, set));
        }
    }
}
