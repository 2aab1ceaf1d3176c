// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every contract owes its readers: words for each field, room for new symbols, no names. */
class ContractStyleTest {

    /** Who a patient is; a reviewer's account name and a slide's number are not that. */
    private static final Pattern IDENTIFIES_A_PATIENT =
            Pattern.compile(
                    "(?i).*(patient|birth|dob$|surname|(first|last|given|family|full)_?name|ssn|mrn|"
                            + "address|phone|gender|sex$).*");

    static Stream<Class<?>> messages() {
        return Topics.all().stream().map(Topic::value);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyTypeAndFieldIsDescribed(Class<?> type) {
        assertThat(named(type).values())
                .allSatisfy(
                        schema -> assertThat(schema.getDoc()).as(schema.getName()).isNotBlank());
        assertThat(fields(type))
                .allSatisfy(field -> assertThat(field.doc()).as(field.name()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyEnumHasASymbolForWhatItDoesNotKnow(Class<?> type) {
        assertThat(named(type).values())
                .filteredOn(schema -> schema.getType() == Schema.Type.ENUM)
                .allSatisfy(
                        schema ->
                                assertThat(schema.getEnumDefault())
                                        .as(schema.getName())
                                        .isNotNull());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyOptionalFieldDefaultsToNull(Class<?> type) {
        assertThat(fields(type))
                .filteredOn(field -> field.schema().isNullable())
                .allSatisfy(field -> assertThat(field.hasDefaultValue()).as(field.name()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void noFieldSaysWhoThePatientIs(Class<?> type) {
        assertThat(fields(type))
                .allSatisfy(field -> assertThat(field.name()).doesNotMatch(IDENTIFIES_A_PATIENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"patientName", "birthDate", "dateOfBirth", "dob", "last_name", "MRN"})
    void wouldNoticeAPatientsName(String name) {
        assertThat(name).matches(IDENTIFIES_A_PATIENT);
    }

    @Test
    void aTypeThatSeveralContractsShareIsTheSameInEach() {
        Map<String, Schema> seen = new LinkedHashMap<>();
        messages()
                .forEach(
                        type ->
                                named(type)
                                        .forEach(
                                                (name, schema) ->
                                                        assertThat(
                                                                        seen.merge(
                                                                                name,
                                                                                schema,
                                                                                (a, b) -> a))
                                                                .isEqualTo(schema)));
    }

    private static List<Schema.Field> fields(Class<?> type) {
        return named(type).values().stream()
                .filter(schema -> schema.getType() == Schema.Type.RECORD)
                .flatMap(schema -> schema.getFields().stream())
                .toList();
    }

    /** All records and enums that a message is made of, by full name. */
    private static Map<String, Schema> named(Class<?> type) {
        Map<String, Schema> found = new LinkedHashMap<>();
        var open = new ArrayList<>(List.of(EventModel.contract(type)));
        while (!open.isEmpty()) {
            Schema schema = open.removeLast();
            switch (schema.getType()) {
                case RECORD -> {
                    if (found.put(schema.getFullName(), schema) == null) {
                        schema.getFields().forEach(field -> open.add(field.schema()));
                    }
                }
                case ENUM -> found.put(schema.getFullName(), schema);
                case UNION -> open.addAll(schema.getTypes());
                case ARRAY -> open.add(schema.getElementType());
                case MAP -> open.add(schema.getValueType());
                default -> {}
            }
        }
        return found;
    }
}
