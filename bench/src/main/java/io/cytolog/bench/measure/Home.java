// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import io.cytolog.bench.child.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checkout that the bench runs from, where peers were built into. */
public record Home(Path folder) {

    /** Set by {@code ./cytolog}; the tests run in a module's own folder. */
    public static Home located() {
        return new Home(Path.of(Optional.ofNullable(System.getenv("CYTOLOG_HOME")).orElse("..")));
    }

    public Path release() {
        return folder.resolve("release");
    }

    /** Class paths of all rows. */
    public List<String> classPaths() throws IOException {
        List<String> paths = new ArrayList<>();
        for (Row row : Row.values()) {
            paths.add(classPath(row.peer()));
        }
        return paths;
    }

    /** Class path of a peer, or of this JVM for an empty name. */
    String classPath(String peer) throws IOException {
        if (peer.isEmpty()) {
            return ChildJvm.ownClassPath();
        }
        Path built = folder.resolve("bench").resolve(peer).resolve("target");
        Path entries = built.resolve("classpath");
        if (!Files.isReadable(entries)) {
            throw new IOException(
                    "%s is missing; build it with: mvn -pl bench -am package".formatted(entries));
        }
        return built.resolve("classes") + File.pathSeparator + Files.readString(entries).strip();
    }
}
