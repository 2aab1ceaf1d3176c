// Licensed under the Apache License, Version 2.0.
package io.cytolog.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Everything that can be set; the defaults and their meaning stand in deploy/cytolog.yaml. */
public record AppConfig(
        @Matching(value = "[a-zA-Z0-9._-]{1,100}", give = "1 to 100 of a-z A-Z 0-9 . _ -")
                String applicationId,
        TopicConfig topics,
        KafkaConfig kafka,
        RegistryConfig registry,
        ReleaseConfig release,
        InferenceConfig inference,
        BatchConfig batch,
        GateConfig gate,
        ClaimCheckConfig claimCheck,
        DecodeConfig decode,
        InFlightConfig inFlight,
        BarrierConfig barrier,
        CommitConfig commit,
        StreamsConfig streams,
        ConsoleConfig console) {

    private static final String ADDRESSES = "[^\\s,:]+:\\d{1,5}(\\s*,\\s*[^\\s,:]+:\\d{1,5})*";

    public record TopicConfig(
            @Matching(value = "[a-zA-Z0-9._-]{0,100}", give = "at most 100 of a-z A-Z 0-9 . _ -")
                    String prefix,
            @Within(least = "1", most = "10000") int partitions,
            @Within(least = "1", most = "16") int replication) {}

    public record KafkaConfig(
            @Matching(value = ADDRESSES, give = "host:port, several separated by commas")
                    String bootstrapServers,
            Map<String, String> properties) {

        public KafkaConfig {
            properties = Map.copyOf(properties);
        }
    }

    public record RegistryConfig(
            @Matching(value = "https?://\\S+", give = "an http: or https: address") String url,
            Map<String, String> properties) {

        public RegistryConfig {
            properties = Map.copyOf(properties);
        }
    }

    public record ReleaseConfig(
            Path path,
            @Matching(value = "[a-zA-Z0-9._-]{1,100}", give = "1 to 100 of a-z A-Z 0-9 . _ -")
                    String channel,
            List<Path> roots,
            List<Path> trustedKeys) {

        public ReleaseConfig {
            roots = List.copyOf(roots);
            trustedKeys = List.copyOf(trustedKeys);
        }
    }

    public record InferenceConfig(
            @Matching(value = "(?i)auto|cpu|cuda(:\\d{1,3})?", give = "auto, cpu, cuda or cuda:N")
                    String device,
            @Within(least = "1", most = "256") int threads,
            @Within(least = "0B", most = "1024GiB") ByteSize memoryLimit,
            boolean tensorrt) {}

    public record BatchConfig(
            @Within(least = "1", most = "4096") int maxSize,
            @Within(least = "1ms", most = "10s") Duration maxDelay,
            @Within(least = "1MiB", most = "64GiB") ByteSize maxBytes,
            @Within(least = "0ms", most = "1m") Duration statLead) {}

    public record GateConfig(
            @Within(least = "1KiB", most = "1GiB") ByteSize maxBytes,
            @Within(least = "16", most = "200000") int maxSide,
            @Within(least = "256", most = "10000000000") long maxPixels) {}

    public record ClaimCheckConfig(List<Path> roots, S3Config s3) {

        public ClaimCheckConfig {
            roots = List.copyOf(roots);
        }
    }

    /** Texts that may be empty stand for what the SDK or the store chooses itself. */
    public record S3Config(
            List<String> buckets,
            @Matching(value = "(https?://\\S+)?", give = "an http: or https: address, or nothing")
                    String endpoint,
            @Matching(value = "[a-z0-9-]{1,64}", give = "a region such as eu-central-1")
                    String region,
            boolean pathStyle,
            String accessKey,
            String secretKey,
            @Within(least = "10ms", most = "1m") Duration connectTimeout,
            @Within(least = "10ms", most = "1m") Duration readTimeout,
            @Within(least = "100ms", most = "5m") Duration timeout,
            @Within(least = "1", most = "10") int attempts) {

        public S3Config {
            buckets = List.copyOf(buckets);
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "S3Config[buckets=%s, endpoint=%s]".formatted(buckets, endpoint);
        }
    }

    public record DecodeConfig(
            @Within(least = "1", most = "256") int threads,
            @Within(least = "1MiB", most = "64GiB") ByteSize maxBytes) {}

    public record InFlightConfig(
            @Within(least = "1MiB", most = "64GiB") ByteSize maxBytes,
            @Within(least = "1ms", most = "5m") Duration maxTime) {}

    public record BarrierConfig(@Within(least = "100ms", most = "5m") Duration timeout) {}

    public record CommitConfig(@Within(least = "10ms", most = "1m") Duration interval) {}

    public record StreamsConfig(
            Guarantee guarantee,
            @Within(least = "1", most = "256") int threads,
            @Within(least = "2MiB", most = "64GiB") ByteSize inputBuffer,
            @Within(least = "0B", most = "64GiB") ByteSize cache,
            Path stateDir) {}

    /** How often an image's result is committed when a process crashes. */
    public enum Guarantee {
        EXACTLY_ONCE,
        AT_LEAST_ONCE;

        /** As it is written in the file. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public record ConsoleConfig(
            @Matching(value = "\\S+", give = "an address of this machine, such as 127.0.0.1")
                    String bind,
            @Within(least = "0", most = "65535") int port,
            List<String> hosts) {

        public ConsoleConfig {
            hosts = List.copyOf(hosts);
        }
    }
}
