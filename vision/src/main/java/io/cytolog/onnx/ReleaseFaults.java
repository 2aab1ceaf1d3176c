// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;

/** What is said of a release whose model is at fault. */
final class ReleaseFaults {

    private ReleaseFaults() {}

    static InvalidReleaseException notLoaded(Release release, Exception cause) {
        return new InvalidReleaseException(
                "the encoder of release %s cannot be loaded: %s"
                        .formatted(release.folder(), cause.getMessage()),
                cause);
    }

    static InvalidReleaseException notRunning(Release release, RuntimeException cause) {
        return new InvalidReleaseException(
                "the encoder of release %s does not run: %s; train or fetch it again"
                        .formatted(release.folder(), cause.getMessage()),
                cause);
    }
}
