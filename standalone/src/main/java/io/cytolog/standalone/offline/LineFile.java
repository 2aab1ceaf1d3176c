// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.offline;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * A file of lines that appears under its name only when it is complete; until then, and after a
 * failure or Ctrl-C, there is none. Owned by one thread.
 */
final class LineFile implements FolderAnnotator.Lines, AutoCloseable {

    private final Path target;
    private final Path part;
    private final BufferedWriter writer;
    private final Consumer<Tally> progress;
    private Tally tally = Tally.NONE;

    LineFile(Path target, Consumer<Tally> progress) throws IOException {
        this.target = target.toAbsolutePath();
        this.part =
                this.target.resolveSibling(
                        ".%s.%d.part"
                                .formatted(target.getFileName(), ProcessHandle.current().pid()));
        this.progress = progress;
        this.writer = Files.newBufferedWriter(part);
    }

    @Override
    public void annotated(String line, int cells, int abstained) throws IOException {
        write(line);
        tally = tally.plusAnnotated(cells, abstained);
        progress.accept(tally);
    }

    @Override
    public void rejected(String line) throws IOException {
        write(line);
        tally = tally.plusRejected();
        progress.accept(tally);
    }

    /** Gives the file its name. */
    Tally complete() throws IOException {
        writer.close();
        Files.move(
                part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return tally;
    }

    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(part);
    }

    private void write(String line) throws IOException {
        writer.write(line);
        writer.write('\n');
    }
}
