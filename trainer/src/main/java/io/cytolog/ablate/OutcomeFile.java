// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Outcomes as JSON lines, appended as they come, so that a stopped run goes on. */
public final class OutcomeFile {

    private final ObjectMapper mapper = JsonMapper.builder().build();
    private final Path file;

    public OutcomeFile(Path file) {
        this.file = file;
    }

    /** All outcomes; a last line that was cut off by a crash is left out. */
    public List<Outcome> read() throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            return outcomes;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            try {
                outcomes.add(mapper.readValue(lines.get(i), Outcome.class));
            } catch (JacksonException e) {
                if (i < lines.size() - 1) {
                    throw new IOException(
                            "%s line %d is no outcome; give another --out".formatted(file, i + 1));
                }
            }
        }
        return outcomes;
    }

    /** The outcome of a row and seed under that plan. */
    public Optional<Outcome> find(String plan, long seed) throws IOException {
        return read().stream()
                .filter(outcome -> outcome.plan().equals(plan) && outcome.seed() == seed)
                .findFirst();
    }

    /** Adds an outcome; a last line that was cut off goes first. */
    public void append(Outcome outcome) throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            appendAlone(outcome);
        }
    }

    private void appendAlone(Outcome outcome) throws IOException {
        if (Files.isRegularFile(file)) {
            String text = Files.readString(file);
            if (!text.isEmpty() && !text.endsWith("\n")) {
                Files.writeString(file, text.substring(0, text.lastIndexOf('\n') + 1));
            }
        }
        Files.writeString(
                file,
                mapper.writeValueAsString(outcome) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
