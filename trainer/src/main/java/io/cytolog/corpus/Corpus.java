// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import io.cytolog.image.ImageBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The labelled cells of a data folder, split as its manifest says.
 *
 * @param digest SHA-256 of the manifest and the attributes, and of the share used
 * @param others cells of splits of other names, such as {@code test}, by name; training never looks
 *     at them
 */
public record Corpus(
        Path folder,
        List<Cell> train,
        List<Cell> validation,
        String digest,
        Map<String, List<Cell>> others) {

    static final String MANIFEST = "manifest.csv";
    private static final String TRAIN = "train";
    private static final String VALIDATION = "val";
    private static final String ATTRIBUTES = "pbc/wbcatt_attributes.csv";
    private static final String GROUP = "patient_or_group_if_known";
    private static final List<String> NOT_ATTRIBUTES =
            List.of("path", "img_name", "label", "wbcatt_split");

    public Corpus {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        others = Map.copyOf(others);
    }

    /** A corpus of training and validation cells alone. */
    public Corpus(Path folder, List<Cell> train, List<Cell> validation, String digest) {
        this(folder, train, validation, digest, Map.of());
    }

    /**
     * The cells of a split: {@code train}, {@code val} or another name of the manifest's.
     *
     * @throws CorpusException when the manifest has no cells of it
     */
    public List<Cell> split(String name) throws CorpusException {
        List<Cell> cells =
                switch (name) {
                    case TRAIN -> train;
                    case VALIDATION -> validation;
                    default -> others.getOrDefault(name, List.of());
                };
        if (cells.isEmpty()) {
            throw new CorpusException(
                    "--split %s has no cells in %s of %s; give train, val or another split that it names"
                            .formatted(name, MANIFEST, folder));
        }
        return cells;
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
            Map<String, List<Cell>> splits = cells(folder, attributes, coreOnly);
            checkGroups(splits);
            List<Cell> train = splits.getOrDefault(TRAIN, List.of());
            splits.remove(TRAIN);
            splits.replaceAll((split, cells) -> cells.stream().filter(c -> !c.warped()).toList());
            List<Cell> validation = splits.getOrDefault(VALIDATION, List.of());
            splits.remove(VALIDATION);
            return new Corpus(folder, train, validation, digest(folder, coreOnly), splits);
        } catch (IOException e) {
            throw new CorpusException(
                    "--data %s cannot be read: %s; check the folder".formatted(folder, e));
        }
    }

    /** By split, in the manifest's order. */
    private static Map<String, List<Cell>> cells(
            Path folder, Map<String, Map<String, String>> attributes, boolean coreOnly)
            throws IOException, CorpusException {
        FindingTable table = FindingTable.shipped();
        Map<String, List<Cell>> cells = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        for (CSVRecord row : rows(folder.resolve(MANIFEST))) {
            boolean used = !coreOnly || row.get("core").equals("1");
            if (row.get("class").equals("whole_field") || !used) {
                continue;
            }
            if (!Files.isRegularFile(folder.resolve(row.get("path")))) {
                missing.add(row.get("path"));
            }
            cells.computeIfAbsent(row.get("split"), key -> new ArrayList<>())
                    .add(cell(row, table, attributes));
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
        if (split.isBlank()) {
            throw new CorpusException(
                    "%s row %d has no split; give train, val or the name of another"
                            .formatted(MANIFEST, row.getRecordNumber()));
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
                split.equals(TRAIN),
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

    private static void checkGroups(Map<String, List<Cell>> splits) throws CorpusException {
        Map<String, String> splitByGroup = new HashMap<>();
        for (Map.Entry<String, List<Cell>> split : splits.entrySet()) {
            for (Cell cell : split.getValue()) {
                String before = splitByGroup.putIfAbsent(cell.group(), split.getKey());
                if (before != null && !before.equals(split.getKey())) {
                    throw new CorpusException(
                            "group '%s' stands in %s and in %s (%s); give every group one split"
                                    .formatted(cell.group(), before, split.getKey(), cell.path()));
                }
            }
        }
    }

    /**
     * The same cells split at random by image, as is often done and must not be: cells of one group
     * stand on both sides. Only for showing how far the figures of such a split are off.
     */
    public Corpus leaky(long seed) {
        List<Cell> all = new ArrayList<>(train);
        all.addAll(validation);
        Collections.shuffle(all, new Random(seed));
        List<Cell> held = all.subList(0, validation.size());
        List<Cell> rest = all.subList(validation.size(), all.size());
        return new Corpus(
                folder,
                rest.stream().map(cell -> cell.moved(true)).toList(),
                held.stream().map(cell -> cell.moved(false)).toList(),
                digest + " leaky " + seed);
    }

    /**
     * Training cells of one collection, and to look at all cells of another whose findings the
     * first has: how much of what is learnt in one laboratory holds in the next.
     *
     * @throws CorpusException when nothing is left to learn from or to look at
     */
    public Corpus across(String learnt, String lookedAt) throws CorpusException {
        List<Cell> from = train.stream().filter(c -> c.collection().equals(learnt)).toList();
        Set<String> findings = from.stream().map(Cell::finding).collect(Collectors.toSet());
        List<Cell> held =
                Stream.concat(train.stream(), validation.stream())
                        .filter(c -> c.collection().equals(lookedAt) && !c.warped())
                        .filter(c -> findings.contains(c.finding()))
                        .map(c -> c.moved(false))
                        .toList();
        if (held.isEmpty() || learnt.equals(lookedAt)) {
            throw new CorpusException(
                    "across: '%s' and '%s' are no two collections of %s that share findings; give first folders of its paths"
                            .formatted(learnt, lookedAt, folder));
        }
        return new Corpus(folder, from, held, digest + " across " + learnt + " " + lookedAt);
    }

    /**
     * With more training cells; those of other groups than all that is held out.
     *
     * @param ofMore digest of what they come from
     */
    public Corpus with(List<Cell> more, String ofMore) {
        List<Cell> all = new ArrayList<>(train);
        all.addAll(more);
        String joined = digest + " " + ofMore;
        return new Corpus(
                folder,
                all,
                validation,
                ImageBytes.wrap(joined.getBytes(StandardCharsets.UTF_8)).sha256(),
                others);
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
