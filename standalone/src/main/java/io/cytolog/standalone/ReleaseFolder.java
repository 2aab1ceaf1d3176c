// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import java.nio.file.Path;

/** The release that a command works with: the one named, else the one shipped. */
public final class ReleaseFolder {

    /** Environment variable with the project's root; {@code ./cytolog} sets it. */
    public static final String HOME = "CYTOLOG_HOME";

    private ReleaseFolder() {}

    /** The folder of the shipped release. */
    public static Path shipped() {
        return home().resolve("release");
    }

    /** The project's root, or the current folder when nothing says where it is. */
    public static Path home() {
        return Path.of(System.getenv().getOrDefault(HOME, "."));
    }

    /** Reads a release and verifies its digests. */
    public static Release read(Path folder) {
        try {
            return ReleaseReader.read(folder);
        } catch (InvalidReleaseException e) {
            throw new InvalidInputException("--release: " + e.getMessage(), e);
        }
    }
}
