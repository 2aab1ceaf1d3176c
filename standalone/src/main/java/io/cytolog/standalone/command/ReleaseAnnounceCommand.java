// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.release.Release;
import io.cytolog.serving.ReleaseRole;
import io.cytolog.standalone.Faults;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.cluster.DecisionWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells a running cluster which release answers. */
@Command(
        name = "announce",
        description = {
            "Tells the stream-apps of a cluster which release answers, shadows or no longer does either.",
            "Rolling back is announcing the former release again."
        })
final class ReleaseAnnounceCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Mixin private DecisionOptions decision;
    @Spec private CommandSpec spec;

    @Option(
            names = "--release",
            required = true,
            paramLabel = "DIR",
            description = "Release to announce; it is checked first.")
    private Path release;

    @Option(
            names = "--location",
            paramLabel = "URI",
            description = {
                "Where the stream-apps find it, below their release.roots: file:///releases/blood-7.",
                "Default: the folder as it is called here."
            })
    private @Nullable String location;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "SERVE",
            description = "serve, shadow or retire. Default: serve.")
    private ReleaseRole role;

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            defaultValue = "1.0",
            description = "Share of the images that a shadow sees, 0 to 1. Default: 1.")
    private double share;

    @Option(
            names = "--channel",
            paramLabel = "NAME",
            description = "Channel to announce on. Default: the configured one.")
    private @Nullable String channel;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var read = new AtomicReference<Release>();
        new Faults()
                .check(() -> read.set(ReleaseFolder.read(release)))
                .check(this::checkShare)
                .refuse();
        Cluster cluster = decision.cluster();
        String on = channel == null ? cluster.config().release().channel() : channel;
        String at = location == null ? release.toRealPath().toUri().toString() : location;
        try (DecisionWriter writer = decision.writer(cluster)) {
            Instant from =
                    writer.announce(on, read.get().id(), at, role, share, decision.effectiveAt());
            say(
                    "announced %s of %s on %s; holds for images from %s on"
                            .formatted(
                                    role.name().toLowerCase(Locale.ROOT),
                                    read.get().id(),
                                    on,
                                    from));
        }
        return Cytolog.DONE;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private void checkShare() {
        if (!(share >= 0 && share <= 1)) {
            throw new InvalidInputException(
                    "--share=%s is out of bounds; give 0 to 1".formatted(share));
        }
    }
}
