// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that a demo makes ready and tidies up. */
final class OutFolder {

    static final String SUMMARY = "summary.json";

    private OutFolder() {}

    /**
     * Makes the folder and takes an earlier demo's results out of it: the sink never puts an older
     * summary in place of a newer one, and would leave them.
     */
    static void prepare(Path out) throws IOException {
        Files.createDirectories(out);
        Files.deleteIfExists(out.resolve(SUMMARY));
        for (String type : List.of("json", "hl7")) {
            Path folder = out.resolve(type);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith("." + type)).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** Deletes a folder with everything in it; what cannot be deleted stays. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
