// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.review;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.image.ImageBytes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes cells and a line about each: which finding, who said so and when, which result of which
 * release it was, which record it came from. Run again, it writes the same. Owned by one thread.
 */
final class ReviewedFolder {

    static final String LINES = "reviewed.jsonl";
    private static final String CELLS = "cells";

    private final Path folder;
    private final ObjectMapper mapper = JsonMapper.builder().build();

    /** By name of the cell, so that a later decision takes the place of an earlier one. */
    private final Map<String, Map<String, Object>> lines = new TreeMap<>();

    ReviewedFolder(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve(CELLS));
    }

    /**
     * @param suffix of the file's name, with its dot
     */
    void add(ImageAnnotated result, int cell, Label label, byte[] picture, String suffix)
            throws IOException {
        String name = "%s-%d%s".formatted(result.getImageSha256(), cell, suffix);
        Path file = folder.resolve(CELLS).resolve(name);
        Path part = file.resolveSibling(name + ".part");
        Files.write(part, picture);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("path", CELLS + "/" + name);
        line.put("sha256", ImageBytes.wrap(picture).sha256());
        line.put("finding", label.finding());
        line.put("accession", result.getOrigin().getAccession());
        line.put("specimen", result.getOrigin().getSpecimen());
        line.put("slide", result.getOrigin().getSlide());
        line.put("decision", label.by().getDecision().name());
        line.put("reviewer", label.by().getReviewer());
        line.put("decidedAt", label.by().getDecidedAt().toString());
        line.put("resultId", result.getResultId());
        line.put("cellIndex", cell);
        line.put("candidate", result.getCells().get(cell).getCandidate());
        line.put("releaseId", result.getReleaseId());
        line.put(
                "source",
                "%s-%d@%d"
                        .formatted(
                                result.getSource().getTopic(),
                                result.getSource().getPartition(),
                                result.getSource().getOffset()));
        lines.put(name, line);
    }

    /** Writes the lines; cells of an earlier run that are no longer labelled stay unnamed. */
    void complete() throws IOException {
        Path part = folder.resolve(LINES + ".part");
        try (BufferedWriter out = Files.newBufferedWriter(part)) {
            for (Map<String, Object> line : lines.values()) {
                out.write(mapper.writeValueAsString(line));
                out.write('\n');
            }
        }
        Files.move(part, folder.resolve(LINES), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Cells by finding. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        lines.values().forEach(line -> counts.merge((String) line.get("finding"), 1, Integer::sum));
        return new TreeMap<>(counts);
    }
}
