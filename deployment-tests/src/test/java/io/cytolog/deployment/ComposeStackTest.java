// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The shipped compose file on a real engine, with the images it builds: an image laid into the
 * folder comes out as a result. Skips where no engine answers, or the jars were not packaged.
 */
@Tag("containers")
@Testcontainers(disabledWithoutDocker = true)
class ComposeStackTest {
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration RESULT = Duration.ofMinutes(2);

    @Test
    void annotatesTheSampleFeed() throws Exception {
        // Given
        assumeTrue(
                Files.isDirectory(Checkout.path("stream-app/target/dependency")),
                "the images' jars are not packaged: run deploy/build-images --jars-only");
        try (var stack = stack()) {
            // When
            stack.start();

            // Then
            assertThat(slidesWithResults()).allMatch(slide -> slide.startsWith("SYN-"));
            assertThat(metrics()).contains("cytolog_images_total{outcome=\"annotated\"");
        }
    }

    private static ComposeContainer stack() {
        return new ComposeContainer(Checkout.path("docker-compose.yml").toFile())
                .withEnv(
                        "CYTOLOG_IMAGES", Checkout.path("samples/feed").toAbsolutePath().toString())
                .withBuild(true)
                .withStartupTimeout(START)
                .waitingFor("connect", Wait.forHealthcheck().withStartupTimeout(START))
                .waitingFor("stream-app", Wait.forHealthcheck().withStartupTimeout(START))
                .waitingFor("grafana", Wait.forHealthcheck().withStartupTimeout(START));
    }

    /** Keys of the first committed results, as a client outside the stack reads them. */
    private static List<String> slidesWithResults() {
        Map<String, Object> settings =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:19092",
                        ConsumerConfig.GROUP_ID_CONFIG, "compose-stack-test",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("images.annotated"));
            return await().atMost(RESULT)
                    .until(
                            () -> {
                                var records = consumer.poll(Duration.ofSeconds(1));
                                var slides = new ArrayList<String>();
                                records.forEach(record -> slides.add(record.key()));
                                return slides;
                            },
                            slides -> !slides.isEmpty());
        }
    }

    private static String metrics() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:8080/metrics")).build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
