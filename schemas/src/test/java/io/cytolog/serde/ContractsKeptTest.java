// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.event.SentenceBanked;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No contract changes unnoticed, and none in a way that breaks a reader or writer still about. */
class ContractsKeptTest {

    private static final Schema KEPT = EventModel.contract(SentenceBanked.class);

    static Stream<Class<?>> messages() {
        return Topics.all().stream().map(Topic::value);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theContractIsTheLastVersionKept(Class<?> type) {
        assertThat(ContractHistory.of(type).drift(EventModel.contract(type))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theContractReadsAndIsReadByEveryVersionKept(Class<?> type) {
        ContractHistory history = ContractHistory.of(type);

        assertThat(history.versions()).isNotEmpty();
        assertThat(history.conflicts(EventModel.contract(type))).isEmpty();
    }

    @Test
    void aChangedContractIsNoticedAndToldHowToKeep() {
        // Given
        var history = new ContractHistory("SentenceBanked", List.of(KEPT));

        // Then
        assertThat(
                        history.drift(
                                with(
                                        "{\"name\":\"language\",\"type\":\"string\",\"default\":\"en\"}")))
                .singleElement()
                .asString()
                .contains("SentenceBanked.avsc has changed since history/SentenceBanked/v1.avsc")
                .contains("cp schemas/target/history/SentenceBanked/v2.avsc schemas/history/");
    }

    @Test
    void aNewFieldWithADefaultFits() {
        var history = new ContractHistory("SentenceBanked", List.of(KEPT));

        assertThat(
                        history.conflicts(
                                with(
                                        "{\"name\":\"language\",\"type\":\"string\",\"default\":\"en\"}")))
                .isEmpty();
    }

    @Test
    void aNewFieldWithoutADefaultConflicts() {
        var history = new ContractHistory("SentenceBanked", List.of(KEPT));

        assertThat(history.conflicts(with("{\"name\":\"language\",\"type\":\"string\"}")))
                .isNotEmpty();
    }

    @Test
    void aConflictWithAnOlderVersionCountsToo() {
        // Given: the field was there once without a default, then went
        var older = with("{\"name\":\"language\",\"type\":\"string\"}");
        var history = new ContractHistory("SentenceBanked", List.of(older, KEPT));

        // Then
        assertThat(history.conflicts(KEPT)).isNotEmpty();
    }

    @Test
    void aChangedTypeConflicts() {
        var other =
                SchemaBuilder.record(KEPT.getFullName()).fields().requiredLong("text").endRecord();

        assertThat(new ContractHistory("SentenceBanked", List.of(KEPT)).conflicts(other))
                .isNotEmpty();
    }

    private static Schema with(String field) {
        String json = KEPT.toString();
        int end = json.lastIndexOf(']');
        return new Schema.Parser()
                .parse(json.substring(0, end) + "," + field + json.substring(end));
    }
}
