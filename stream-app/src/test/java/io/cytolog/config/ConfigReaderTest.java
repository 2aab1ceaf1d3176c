// Licensed under the Apache License, Version 2.0.
package io.cytolog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

    @TempDir private Path folder;

    @Test
    void hasADefaultForEverything() throws Exception {
        // When
        AppConfig config = ConfigReader.ofDefaults().read();

        // Then
        assertThat(config.batch().maxSize()).isEqualTo(32);
        assertThat(config.batch().maxDelay()).isEqualTo(Duration.ofMillis(5));
        assertThat(config.batch().maxBytes().bytes()).isEqualTo(64L << 20);
        assertThat(config.batch().statLead()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.kafka().properties()).isEmpty();
        assertThat(config.inference().device()).isEqualTo("auto");
        assertThat(config.claimCheck().roots()).isEmpty();
    }

    @Test
    void readsTheConfigurationThatIsDeployed() throws Exception {
        // Given
        Path deployed = Path.of("..", "deploy", "cytolog.yaml");

        // Then
        assertThat(ConfigReader.ofDefaults().file(deployed).read().applicationId())
                .isEqualTo("cytolog");
    }

    @Test
    void laysVariablesOverTheFileOverTheDefaults() throws Exception {
        // Given
        Path file =
                write(
                        """
                        batch: {max-size: 8, max-delay: 7ms}
                        claim-check: {roots: [/a, /b]}
                        """);

        // When
        AppConfig config =
                ConfigReader.ofDefaults()
                        .file(file)
                        .environment(
                                Map.of(
                                        "CYTOLOG_BATCH_MAX_SIZE", "16",
                                        "CYTOLOG_CONSOLE_HOSTS", "lab.example",
                                        "CYTOLOG_KAFKA_PROPERTIES", "{security.protocol: SSL}",
                                        "PATH", "/bin"))
                        .with("streams.threads", "3")
                        .read();

        // Then
        assertThat(config.batch().maxSize()).isEqualTo(16);
        assertThat(config.batch().maxDelay()).isEqualTo(Duration.ofMillis(7));
        assertThat(config.batch().maxBytes().bytes()).isEqualTo(64L << 20);
        assertThat(config.claimCheck().roots()).containsExactly(Path.of("/a"), Path.of("/b"));
        assertThat(config.console().hosts()).containsExactly("lab.example");
        assertThat(config.kafka().properties()).containsEntry("security.protocol", "SSL");
        assertThat(config.streams().threads()).isEqualTo(3);
    }

    @Test
    void laysVariablesOverSectionsInSections() throws Exception {
        // When
        ConfigReader reader =
                ConfigReader.ofDefaults()
                        .environment(
                                Map.of(
                                        "CYTOLOG_CLAIM_CHECK_S3_BUCKETS", "[fields, archive/lab]",
                                        "CYTOLOG_CLAIM_CHECK_S3_PATH_STYLE", "true"))
                        .with("claim-check.s3.secret-key", "plain-but-hidden");
        AppConfig config = reader.read();

        // Then
        assertThat(config.claimCheck().s3().buckets()).containsExactly("fields", "archive/lab");
        assertThat(config.claimCheck().s3().pathStyle()).isTrue();
        assertThat(config.claimCheck().s3().secretKey()).isEqualTo("plain-but-hidden");
        assertThat(reader.redacted() + config).doesNotContain("plain-but-hidden");
    }

    @Test
    void tellsAllFaultsAtOnceByPath() throws Exception {
        // Given
        Path file =
                write(
                        """
                        batch: {max-size: 0, max-delay: 5, max-bites: 1MiB}
                        inference: {device: tpu}
                        release: folder
                        """);

        // Then
        assertThat(faults(ConfigReader.ofDefaults().file(file)))
                .containsExactlyInAnyOrder(
                        "batch.max-size=0 is out of bounds; give 1 to 4096",
                        "batch.max-delay=5 is not a duration; give one such as 5ms",
                        "batch.max-bites is not a setting; did you mean batch.max-bytes?",
                        "inference.device=tpu does not fit; give auto, cpu, cuda or cuda:N",
                        "release=folder is not a section; give settings below it");
    }

    @Test
    void saysWhereASettingBelongs() throws Exception {
        assertThat(faults(ConfigReader.ofDefaults().file(write("bootstrap-servers: a:1"))))
                .containsExactly(
                        "bootstrap-servers is not a setting; did you mean"
                                + " kafka.bootstrap-servers?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batch.max-bytes | 64MB",
                "batch.max-bytes | 99999999999999GiB",
                "batch.max-delay | -5ms",
                "claim-check.s3.path-style | maybe",
                "claim-check.s3.endpoint | minio:9000",
                "console.port | 65536",
                "console.port | eighty",
                "kafka.bootstrap-servers | localhost",
                "registry.url | localhost:8081",
                "topics.prefix | a b",
                "release.path | ''",
                "application-id | ''",
            })
    void turnsAwayValuesThatDoNotFit(String path, String value) {
        assertThat(faults(ConfigReader.ofDefaults().with(path, value)))
                .singleElement()
                .asString()
                .startsWith(path + "=" + value);
    }

    @Test
    void saysWhereAFileIsNotYaml() throws Exception {
        assertThat(faults(ConfigReader.ofDefaults().file(write("batch: {max-size: 1"))))
                .singleElement()
                .asString()
                .contains("cytolog.yaml line 1");
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThat(faults(ConfigReader.ofDefaults().file(folder.resolve("none.yaml"))))
                .singleElement()
                .asString()
                .endsWith("none.yaml does not exist; give an existing one");
    }

    @Test
    void warnsOfVariablesThatItDoesNotKnow() {
        // When
        ConfigReader reader =
                ConfigReader.ofDefaults().environment(Map.of("CYTOLOG_BATCH_MAXSIZE", "1"));

        // Then
        assertThat(reader.warnings())
                .containsExactly(
                        "environment variable CYTOLOG_BATCH_MAXSIZE is not a setting; did you mean"
                                + " CYTOLOG_BATCH_MAX_SIZE?");
    }

    @Test
    void takesSecretsFromFilesAndNeverPrintsThem() throws Exception {
        // Given
        Path secret = Files.writeString(folder.resolve("secret"), "open sesame\n");
        Path file =
                write(
                        """
                        kafka:
                          properties:
                            sasl.jaas.config: login ${file:%1$s};
                            ssl.key.password: plain-but-secret
                            harmless: before ${file:%1$s}
                            security.protocol: SASL_SSL
                        registry: {url: "https://user:pass@registry.example"}
                        """
                                .formatted(secret));

        // When
        ConfigReader reader = ConfigReader.ofDefaults().file(file);

        // Then
        assertThat(reader.read().kafka().properties())
                .containsEntry("sasl.jaas.config", "login open sesame;");
        assertThat(reader.redacted())
                .contains("SASL_SSL", "https://***@registry.example")
                .doesNotContain("sesame", "plain-but-secret", "user:pass", secret.toString());
    }

    @Test
    void saysThatASecretFileIsMissing() {
        assertThat(faults(ConfigReader.ofDefaults().with("release.path", "${file:/none/such}")))
                .contains("release.path: secret file /none/such cannot be read; mount it");
    }

    private static List<String> faults(ConfigReader reader) {
        return catchThrowableOfType(InvalidConfigException.class, reader::read).faults();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("cytolog.yaml"), yaml);
    }
}
