// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a morphologist would say: wordings to train on, and others, held out, for the bank.
 *
 * @param version goes into the bank
 */
public record Wordings(
        String version,
        List<FindingWords> findings,
        List<AttributeWords> attributes,
        List<DiseaseWords> diseases) {

    /** Wordings of a finding. */
    public record FindingWords(
            String id,
            String display,
            String level,
            boolean reviewRequired,
            List<String> train,
            List<String> bank) {}

    /** Wordings of an attribute, value by value. */
    public record AttributeWords(String name, List<ValueWords> values) {}

    /** Wordings of one value of an attribute: phrases that can be joined to sentences. */
    public record ValueWords(String value, List<String> train, List<String> bank) {}

    /** Wordings of a disease: kept for search, never trained on nor scored. */
    public record DiseaseWords(String id, String display, List<String> bank) {}

    public Wordings {
        findings = List.copyOf(findings);
        attributes = List.copyOf(attributes);
        diseases = List.copyOf(diseases);
    }

    /** Reads the wordings from the class path. */
    public static Wordings shipped() {
        try (InputStream in = Wordings.class.getResourceAsStream("sentences.json")) {
            return JsonMapper.builder().build().readValue(in, Wordings.class);
        } catch (IOException e) {
            throw new UncheckedIOException("sentences.json cannot be read", e);
        }
    }

    /** Place of a finding, or -1. */
    public int findingIndex(String id) {
        for (int i = 0; i < findings.size(); i++) {
            if (findings.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** Findings and attribute values together, as a plain classifier tells them apart. */
    public int classCount() {
        return findings().size() + valueCount();
    }

    /** Values of all attributes, laid out one after the other. */
    public int valueCount() {
        return attributes.stream().mapToInt(attribute -> attribute.values().size()).sum();
    }

    /**
     * Place of the cell's value of each attribute within that attribute, -1 where none is recorded.
     */
    public int[] values(Cell cell) {
        int[] places = new int[attributes.size()];
        for (int a = 0; a < places.length; a++) {
            String value = cell.attributes().getOrDefault(attributes.get(a).name(), "");
            places[a] = place(attributes.get(a), value);
        }
        return places;
    }

    private static int place(AttributeWords attribute, String value) {
        for (int v = 0; v < attribute.values().size(); v++) {
            if (attribute.values().get(v).value().equals(value)) {
                return v;
            }
        }
        return -1;
    }
}
