// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prometheus' own tool reads the configuration, the rules and the rules' unit tests. */
class AlertsTest {
    private static final String RULES = "deploy/prometheus/alerts.yml";
    private static final String UNIT_TESTS = "deploy/prometheus/alerts.test.yml";

    @ParameterizedTest
    @CsvSource({
        "check config, deploy/prometheus/prometheus.yml",
        "check rules, deploy/prometheus/alerts.yml",
        "test rules, deploy/prometheus/alerts.test.yml"
    })
    void promtoolAccepts(String command, String file) {
        // Given
        var promtool = Program.orSkip("promtool", "prometheus");
        var words = command.split(" ");

        // When
        var run = promtool.run(words[0], words[1], file);

        // Then
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void everyAlertHasAUnitTest() {
        // Given
        var tested = Checkout.text(UNIT_TESTS);

        // When
        var alerts =
                rules().filter(rule -> rule.has("alert"))
                        .map(rule -> rule.get("alert").asText())
                        .collect(Collectors.toSet());

        // Then
        assertThat(alerts)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(tested).contains("alertname: " + alert + "\n"));
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() {
        assertThat(rules().filter(rule -> rule.has("alert")))
                .allSatisfy(
                        rule -> {
                            assertThat(rule.at("/labels/severity").asText())
                                    .isIn("critical", "warning");
                            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
                            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
                        });
    }

    @Test
    void rulesReadOnlyMetricsThatTheStreamAppEmits() {
        assertThat(rules())
                .allSatisfy(
                        rule ->
                                assertThat(AgreedMetrics.strangersIn(rule.get("expr").asText()))
                                        .isEmpty());
    }

    private static Stream<JsonNode> rules() {
        var groups = Checkout.yaml(RULES).get("groups");
        return StreamSupport.stream(groups.spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.get("rules").spliterator(), false));
    }
}
