// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The Grafana dashboard: no Grafana is here to draw it, so its queries and ties are checked. */
class DashboardTest {
    private static final JsonNode DASHBOARD = Checkout.json("deploy/grafana/cytolog.json");

    @Test
    void panelsReadOnlyMetricsThatTheStreamAppEmits() {
        assertThat(expressions()).isNotEmpty();
        assertThat(expressions())
                .allSatisfy(
                        expression -> assertThat(AgreedMetrics.strangersIn(expression)).isEmpty());
    }

    @Test
    void everyMetricIsShownSomewhere() {
        assertThat(AgreedMetrics.families(String.join("\n", expressions())))
                .isEqualTo(AgreedMetrics.all());
    }

    @Test
    void queriesAreValidPromQl() throws IOException {
        // Given
        var promtool = Program.orSkip("promtool", "prometheus");
        var file = Checkout.SCRATCH.resolve("dashboard-queries.yml");
        Files.writeString(file, asRules(expressions()));

        // When
        var run = promtool.run("check", "rules", file.toAbsolutePath().toString());

        // Then
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void everyPanelAsksTheProvisionedDatasource() {
        // Given
        var provisioned = Checkout.yaml("deploy/grafana/datasources.yml").at("/datasources/0/uid");

        // Then
        assertThat(DASHBOARD.findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.get("uid")).isEqualTo(provisioned));
    }

    @Test
    void panelsHaveTheirOwnIdsAndDoNotOverlap() {
        // Given
        var panels = panels();

        // Then
        assertThat(panels.stream().map(panel -> panel.get("id").asInt())).doesNotHaveDuplicates();
        assertThat(panels.stream().flatMap(DashboardTest::cells)).doesNotHaveDuplicates();
    }

    /** A rules file is the one place where promtool reads bare expressions. JSON is YAML. */
    private static String asRules(List<String> expressions) throws IOException {
        var rules =
                IntStream.range(0, expressions.size())
                        .mapToObj(
                                index -> rule("query:%d".formatted(index), expressions.get(index)))
                        .toList();
        var group = Map.of("name", "dashboard", "rules", rules);
        return new JsonMapper().writeValueAsString(Map.of("groups", List.of(group)));
    }

    private static Map<String, String> rule(String name, String expression) {
        return Map.of("record", name, "expr", expression.replace("$__rate_interval", "1m"));
    }

    private static Stream<String> cells(JsonNode panel) {
        var at = panel.get("gridPos");
        return IntStream.range(0, at.get("w").asInt() * at.get("h").asInt())
                .mapToObj(
                        index ->
                                "%d,%d"
                                        .formatted(
                                                at.get("x").asInt() + index % at.get("w").asInt(),
                                                at.get("y").asInt() + index / at.get("w").asInt()));
    }

    private static List<JsonNode> panels() {
        return StreamSupport.stream(DASHBOARD.get("panels").spliterator(), false).toList();
    }

    private static List<String> expressions() {
        return panels().stream()
                .flatMap(panel -> StreamSupport.stream(panel.get("targets").spliterator(), false))
                .map(target -> target.get("expr").asText())
                .toList();
    }
}
