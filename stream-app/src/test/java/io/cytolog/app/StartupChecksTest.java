// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupChecksTest {

    @Test
    void findsNoFaultInTheDefaults() throws Exception {
        assertThat(StartupChecks.faults(ConfigReader.ofDefaults().read())).isEmpty();
    }

    @Test
    void refusesToRunWithoutTheRecordCache() throws Exception {
        assertThat(faults("streams.cache", "0B")).singleElement().asString().contains("cache");
    }

    @Test
    void refusesRecordCacheTakenAwayByAKafkaProperty() throws Exception {
        assertThat(faults("kafka.properties", "{statestore.cache.max.bytes: 0}")).hasSize(1);
    }

    @Test
    void refusesAHandlerThatCouldSwallowTheBarrier() throws Exception {
        assertThat(
                        faults(
                                "kafka.properties",
                                "{processing.exception.handler:"
                                        + " org.apache.kafka.streams.errors."
                                        + "LogAndContinueProcessingExceptionHandler}"))
                .singleElement()
                .asString()
                .contains("processing.exception.handler", "leave it out");
    }

    @Test
    void refusesAWeakerGuarantee() throws Exception {
        assertThat(faults("kafka.properties", "{processing.guarantee: at_least_once}"))
                .singleElement()
                .asString()
                .contains("at_least_once", "set streams.guarantee");
    }

    @Test
    void allowsAtLeastOnceAndWarnsThatACrashRepeatsResults() throws Exception {
        // Given
        var config = ConfigReader.ofDefaults().with("streams.guarantee", "at-least-once").read();

        // Then
        assertThat(StartupChecks.faults(config)).isEmpty();
        assertThat(StreamSettings.streams(config))
                .containsEntry("processing.guarantee", "at_least_once");
        assertThat(StartupChecks.warnings(config)).anyMatch(w -> w.contains("repeats results"));
    }

    @Test
    void isExactlyOnceAndHasNothingToWarnOfUnlessToldOtherwise() throws Exception {
        // Given
        var config = ConfigReader.ofDefaults().with("release.trusted-keys", "[our.pub]").read();

        // Then
        assertThat(StreamSettings.streams(config))
                .containsEntry("processing.guarantee", "exactly_once_v2");
        assertThat(StartupChecks.warnings(config)).isEmpty();
    }

    @Test
    void warnsThatUnsignedReleasesAreAccepted() throws Exception {
        assertThat(StartupChecks.warnings(ConfigReader.ofDefaults().read()))
                .singleElement()
                .asString()
                .contains("release.trusted-keys is empty", "unsigned releases are accepted");
    }

    @Test
    void refusesABarrierThatOutlastsItsTransaction() throws Exception {
        assertThat(faults("kafka.properties", "{transaction.timeout.ms: 5000}"))
                .singleElement()
                .asString()
                .contains("barrier.timeout=5000ms", "transaction.timeout.ms=5000");
    }

    @Test
    void givesTheTransactionTwiceTheBarriersTime() throws Exception {
        assertThat(faults("barrier.timeout", "60s")).isEmpty();
    }

    @Test
    void refusesALeadThatWouldLetRoutineOutlastACommit() throws Exception {
        assertThat(faults("batch.stat-lead", "2600ms"))
                .singleElement()
                .asString()
                .contains("batch.stat-lead=2600ms", "barrier.timeout=5000ms", "at most 2500ms");
    }

    @Test
    void refusesABucketThatIsNoneOneKeyOfTwoAndAStoreSlowerThanACommit() throws Exception {
        // Given
        AppConfig config =
                ConfigReader.ofDefaults()
                        .with("claim-check.s3.buckets", "[s3://fields]")
                        .with("claim-check.s3.access-key", "laboratory")
                        .with("claim-check.s3.timeout", "5s")
                        .read();

        // Then
        assertThat(StartupChecks.faults(config))
                .satisfiesExactly(
                        bucket -> assertThat(bucket).contains("s3://fields names no bucket"),
                        keys -> assertThat(keys).contains("one key of two"),
                        time -> assertThat(time).contains("claim-check.s3.timeout=5000ms"));
    }

    @Test
    void refusesAGpuThatThisMachineDoesNotHave() throws Exception {
        assertThat(faults("inference.device", "cuda:97"))
                .singleElement()
                .asString()
                .startsWith("inference.device=cuda:97 cannot be used through CUDA")
                .contains("set inference.device=auto");
    }

    private static List<String> faults(String path, String value) throws Exception {
        return StartupChecks.faults(ConfigReader.ofDefaults().with(path, value).read());
    }
}
