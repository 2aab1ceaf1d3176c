// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** The one table from the collections' class names to findings: {@code findings.csv}. */
public final class FindingTable {

    private final Map<String, String> findingByClass = new LinkedHashMap<>();

    private FindingTable() {}

    /** Reads the table from the class path. */
    public static FindingTable shipped() {
        FindingTable table = new FindingTable();
        try (InputStream in = FindingTable.class.getResourceAsStream("findings.csv");
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            CSVFormat format =
                    CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
            for (CSVRecord row : format.parse(reader)) {
                table.findingByClass.put(row.get("class"), row.get("finding"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("findings.csv cannot be read", e);
        }
        return table;
    }

    public Optional<String> finding(String className) {
        return Optional.ofNullable(findingByClass.get(className));
    }

    /** Class names that map to a finding and are not its own name. */
    public List<String> aliases(String finding) {
        return findingByClass.entrySet().stream()
                .filter(e -> e.getValue().equals(finding) && !e.getKey().equals(finding))
                .map(Map.Entry::getKey)
                .toList();
    }
}
