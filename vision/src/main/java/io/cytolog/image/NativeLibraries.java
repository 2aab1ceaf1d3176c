// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * Loads native libraries one process after the other. The first process on a machine unpacks them
 * into a folder that all share, and a second one that starts meanwhile maps a half-written library
 * and crashes (JavaCPP, issue 608). Safe for any thread.
 */
public final class NativeLibraries {

    private static final String LOCK = "cytolog.lock";

    private NativeLibraries() {}

    /**
     * Unpacks where needed, and loads. Loaded ones cost nothing.
     *
     * @param libraries classes of JavaCPP that stand for them
     */
    public static synchronized void load(List<Class<?>> libraries) {
        try {
            Path folder = Loader.getCacheDir().toPath();
            Files.createDirectories(folder);
            try (FileChannel file = opened(folder.resolve(LOCK));
                    FileLock _ = file.lock()) {
                libraries.forEach(Loader::load);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "native libraries cannot be unpacked; free space, or name a folder with -Dorg.bytedeco.javacpp.cachedir",
                    e);
        }
    }

    private static FileChannel opened(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
