// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.batch.BatchListener;
import io.cytolog.batch.BatchPolicy;
import io.cytolog.config.AppConfig;
import io.cytolog.config.AppConfig.GateConfig;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.serving.ServedRelease;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Loads the release while the rest starts. Any thread may ask how far it is. */
final class ReleaseLoading implements AutoCloseable {

    private final CompletableFuture<ServedRelease> read;

    ReleaseLoading(AppConfig config, Parts parts, BatchListener listener) {
        this.read = Background.run("read-release", () -> load(config, parts, listener));
    }

    /** Waits until the release is read, open and warm. */
    ServedRelease await() throws StartupException, InterruptedException {
        ServedRelease release = Background.await(read);
        Background.await(release.ready());
        return release;
    }

    /** The release, once it is read. */
    Optional<ServedRelease> now() {
        return read.isDone() && !read.isCompletedExceptionally()
                ? Optional.of(read.join())
                : Optional.empty();
    }

    /** Waits for the end of the reading, so that no session is left behind. */
    @Override
    public void close() {
        read.handle((release, failure) -> Optional.ofNullable(release))
                .join()
                .ifPresent(ServedRelease::close);
    }

    private static ServedRelease load(AppConfig config, Parts parts, BatchListener listener)
            throws InvalidReleaseException {
        BatchPolicy policy =
                new BatchPolicy(
                        config.batch().maxSize(),
                        config.batch().maxDelay(),
                        config.batch().maxBytes().bytes(),
                        // What waits must be done before a commit barrier gives up.
                        config.barrier().timeout().dividedBy(2),
                        config.batch().statLead());
        return ServedRelease.start(
                parts.source().read(),
                parts.opener(),
                policy,
                new ImageGate(limits(config.gate())),
                parts.locator().get(),
                parts.clock(),
                listener);
    }

    private static ImageLimits limits(GateConfig gate) {
        return new ImageLimits(
                gate.maxBytes().bytes(),
                gate.maxSide(),
                gate.maxPixels(),
                ImageLimits.DEFAULT.minSide());
    }
}
