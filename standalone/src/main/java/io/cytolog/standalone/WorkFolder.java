// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A temporary folder that is gone when its work is done; what cannot be deleted stays.
 *
 * @param path where it is
 */
public record WorkFolder(Path path) implements AutoCloseable {

    /** Makes a new one whose name begins so. */
    public static WorkFolder create(String name) throws IOException {
        return new WorkFolder(Files.createTempDirectory(name + "-"));
    }

    @Override
    public void close() throws IOException {
        try (var walk = Files.walk(path)) {
            walk.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
        }
    }
}
