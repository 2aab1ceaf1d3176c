// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Results as JSON lines, written as they come, so that a run that was stopped goes on where it
 * stood. The first line says on what machine and how. Owned by one thread.
 */
public final class ResultFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Circumstances circumstances;
    private final List<Measured> results = new ArrayList<>();

    private ResultFile(Path file, Circumstances circumstances) {
        this.file = file;
        this.circumstances = circumstances;
    }

    /**
     * Opens a file, or begins it.
     *
     * @throws IllegalArgumentException when it holds results of another build or plan
     */
    public static ResultFile open(Path file, Circumstances now) throws IOException {
        ResultFile results = new ResultFile(file, now);
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            Circumstances then = JSON.readValue(lines.getFirst(), Circumstances.class);
            if (!then.comparable(now)) {
                throw new IllegalArgumentException(
                        "%s was measured at commit %s with %s, this is %s with %s; give --fresh or another --out"
                                .formatted(
                                        file,
                                        then.commit(),
                                        then.plan(),
                                        now.commit(),
                                        now.plan()));
            }
            for (String line : lines.subList(1, lines.size())) {
                results.results.add(JSON.readValue(line, Measured.class));
            }
        } else {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, JSON.writeValueAsString(now) + "\n");
        }
        return results;
    }

    public Circumstances circumstances() {
        return circumstances;
    }

    public List<Measured> results() {
        return List.copyOf(results);
    }

    public Optional<Measured> find(String row, int side, String picture) {
        return results.stream().filter(found -> found.isOf(row, side, picture)).findFirst();
    }

    public void add(Measured measured) throws IOException {
        results.add(measured);
        Files.writeString(
                file, JSON.writeValueAsString(measured) + "\n", StandardOpenOption.APPEND);
    }
}
