// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;

/** Reads and verifies the release that is to answer. */
@FunctionalInterface
public interface ReleaseSource {

    Release read() throws InvalidReleaseException;
}
