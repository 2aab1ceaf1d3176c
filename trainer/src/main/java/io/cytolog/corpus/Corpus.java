// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import io.cytolog.image.ImageBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The labelled cells of a data folder, split as its manifest says.
 *
 * @param digest SHA-256 of the manifest and the attributes, and of the share used
 */
public record Corpus(Path folder, List<Cell> train, List<Cell> validation, String digest) {

    static final String MANIFEST = "manifest.csv";
    private static final String ATTRIBUTES = "pbc/wbcatt_attributes.csv";
    private static final String GROUP = "patient_or_group_if_known";
    private static final List<String> NOT_ATTRIBUTES =
            List.of("path", "img_name", "label", "wbcatt_split");

    public Corpus {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
    }

    /**
     * Reads manifest and attributes; every file must be there and no group may stand in two splits.
     *
     * @param coreOnly only the small subset that the manifest marks
     */
    public static Corpus read(Path folder, boolean coreOnly) throws CorpusException {
        if (!Files.isRegularFile(folder.resolve(MANIFEST))) {
            throw new CorpusException(
                    "--data %s has no %s; give the folder of the labelled cells"
                            .formatted(folder, MANIFEST));
        }
        try {
            Map<String, Map<String, String>> attributes = attributes(folder);
            List<Cell> cells = cells(folder, attributes, coreOnly);
            checkGroups(cells);
            return new Corpus(
                    folder,
                    cells.stream().filter(Cell::training).toList(),
                    cells.stream().filter(cell -> !cell.training() && !cell.warped()).toList(),
                    digest(folder, coreOnly));
        } catch (IOException e) {
            throw new CorpusException(
                    "--data %s cannot be read: %s; check the folder".formatted(folder, e));
        }
    }

    private static List<Cell> cells(
            Path folder, Map<String, Map<String, String>> attributes, boolean coreOnly)
            throws IOException, CorpusException {
        FindingTable table = FindingTable.shipped();
        List<Cell> cells = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (CSVRecord row : rows(folder.resolve(MANIFEST))) {
            boolean used = !coreOnly || row.get("core").equals("1");
            if (row.get("class").equals("whole_field") || !used) {
                continue;
            }
            if (!Files.isRegularFile(folder.resolve(row.get("path")))) {
                missing.add(row.get("path"));
            }
            cells.add(cell(row, table, attributes));
        }
        if (!missing.isEmpty()) {
            throw new CorpusException(
                    "%s names %d files that are not there, first %s; fetch the data again"
                            .formatted(MANIFEST, missing.size(), missing.getFirst()));
        }
        return cells;
    }

    private static Cell cell(
            CSVRecord row, FindingTable table, Map<String, Map<String, String>> attributes)
            throws CorpusException {
        String path = row.get("path");
        String split = row.get("split");
        if (!split.equals("train") && !split.equals("val")) {
            throw new CorpusException(
                    "%s row %d has split '%s'; give train or val"
                            .formatted(MANIFEST, row.getRecordNumber(), split));
        }
        Optional<String> finding = table.finding(row.get("class"));
        if (finding.isEmpty()) {
            throw new CorpusException(
                    "%s row %d has class '%s', which findings.csv does not map; add it there"
                            .formatted(MANIFEST, row.getRecordNumber(), row.get("class")));
        }
        return new Cell(
                path,
                path.substring(0, Math.max(0, path.indexOf('/'))),
                finding.get(),
                row.get(GROUP),
                split.equals("train"),
                row.get("augmented").equals("1"),
                attributes.getOrDefault(path, Map.of()));
    }

    private static Map<String, Map<String, String>> attributes(Path folder) throws IOException {
        Map<String, Map<String, String>> byPath = new HashMap<>();
        if (!Files.isRegularFile(folder.resolve(ATTRIBUTES))) {
            return byPath;
        }
        for (CSVRecord row : rows(folder.resolve(ATTRIBUTES))) {
            Map<String, String> values = new HashMap<>(row.toMap());
            values.keySet().removeAll(NOT_ATTRIBUTES);
            byPath.put(row.get("path"), values);
        }
        return byPath;
    }

    private static void checkGroups(List<Cell> cells) throws CorpusException {
        Map<String, Boolean> splits = new HashMap<>();
        for (Cell cell : cells) {
            Boolean before = splits.putIfAbsent(cell.group(), cell.training());
            if (before != null && before != cell.training()) {
                throw new CorpusException(
                        "group '%s' stands in train and in val (%s); give every group one split"
                                .formatted(cell.group(), cell.path()));
            }
        }
    }

    static List<CSVRecord> rows(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            return parser.getRecords();
        }
    }

    private static String digest(Path folder, boolean coreOnly) throws IOException {
        StringBuilder parts = new StringBuilder(coreOnly ? "core" : "all");
        for (String name : List.of(MANIFEST, ATTRIBUTES)) {
            if (Files.isRegularFile(folder.resolve(name))) {
                byte[] bytes = Files.readAllBytes(folder.resolve(name));
                parts.append(' ').append(ImageBytes.wrap(bytes).sha256());
            }
        }
        return ImageBytes.wrap(parts.toString().getBytes(StandardCharsets.UTF_8)).sha256();
    }
}
