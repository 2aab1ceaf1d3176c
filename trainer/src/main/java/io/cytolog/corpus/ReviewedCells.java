// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.image.ImageBytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Cells that persons have reviewed, as {@code reviews export} writes them; training cells all of
 * them, one group an accession, or a slide where there is no accession.
 *
 * @param digest SHA-256 of the lines
 * @param unknown cells whose finding nobody trains, by finding
 */
public record ReviewedCells(List<Cell> cells, String digest, Map<String, Integer> unknown) {

    /** Stands for the published set that other cells come from. */
    public static final String COLLECTION = "reviews";

    private static final String LINES = "reviewed.jsonl";
    private static final long MOST_BYTES = 256L << 20;
    private static final int LONGEST_LINE = 1 << 16;

    /** A line of the file; what it says beside this is for persons. */
    private record Line(
            String path, String sha256, String finding, String accession, String slide) {}

    public ReviewedCells {
        cells = List.copyOf(cells);
        unknown = Map.copyOf(unknown);
    }

    /**
     * Reads the lines and checks every file against its digest.
     *
     * @param findings ids that can be trained
     */
    public static ReviewedCells read(Path folder, Set<String> findings) throws CorpusException {
        Path file = folder.resolve(LINES);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                throw new CorpusException(
                        "--from-reviews %s has no %s of at most %d MiB; give the folder of ./cytolog reviews export"
                                .formatted(folder, LINES, MOST_BYTES >> 20));
            }
            Map<String, Integer> unknown = new TreeMap<>();
            List<Cell> cells = new ArrayList<>();
            for (Line line : lines(file)) {
                Cell cell = cell(folder, line);
                if (findings.contains(cell.finding())) {
                    cells.add(cell);
                } else {
                    unknown.merge(cell.finding(), 1, Integer::sum);
                }
            }
            String digest = ImageBytes.wrap(Files.readAllBytes(file)).sha256();
            return new ReviewedCells(cells, digest, unknown);
        } catch (IOException e) {
            throw new CorpusException(
                    "--from-reviews %s cannot be read: %s; export it again".formatted(folder, e));
        }
    }

    private static List<Line> lines(Path file) throws IOException, CorpusException {
        JsonMapper mapper =
                JsonMapper.builder()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                        .build();
        List<Line> lines = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                if (text.length() > LONGEST_LINE) {
                    throw new CorpusException(
                            "%s line %d is longer than %,d characters; export it again"
                                    .formatted(file, lines.size() + 1, LONGEST_LINE));
                }
                lines.add(mapper.readValue(text, Line.class));
            }
        } catch (JacksonException e) {
            throw new CorpusException(
                    "%s line %d cannot be read: %s; export it again"
                            .formatted(file, lines.size() + 1, e.getOriginalMessage()));
        }
        return lines;
    }

    private static Cell cell(Path folder, Line line) throws IOException, CorpusException {
        Path image = folder.resolve(line.path()).normalize().toAbsolutePath();
        if (!image.startsWith(folder.normalize().toAbsolutePath())) {
            throw new CorpusException(
                    "%s names '%s', which lies outside of the folder; export it again"
                            .formatted(LINES, line.path()));
        }
        if (!Files.isRegularFile(image)
                || !ImageBytes.wrap(Files.readAllBytes(image)).sha256().equals(line.sha256())) {
            throw new CorpusException(
                    "reviewed cell %s is missing or differs from its digest; export it again"
                            .formatted(image));
        }
        String group = line.accession().isBlank() ? line.slide() : line.accession();
        return new Cell(
                image.toString(),
                COLLECTION,
                line.finding(),
                COLLECTION + ":" + group,
                true,
                false,
                Map.of());
    }
}
