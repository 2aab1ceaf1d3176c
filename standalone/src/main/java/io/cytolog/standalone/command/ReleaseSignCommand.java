// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.ReleaseFiles;
import io.cytolog.release.SigningKeys;
import io.cytolog.standalone.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs a release. */
@Command(
        name = "sign",
        description = {
            "Checks a release's digests and signs its manifest; the signature lies beside it as",
            ReleaseFiles.SIGNATURE + ". The release's id stays what it was."
        })
final class ReleaseSignCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Spec private CommandSpec spec;

    @Option(
            names = "--release",
            required = true,
            paramLabel = "DIR",
            description = "Release to sign.")
    private Path release;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "Private key, as 'release keygen' makes it.")
    private Path key;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException {
        try {
            spec.commandLine().getOut().println("signed " + SigningKeys.sign(release, key));
            spec.commandLine().getOut().flush();
            return Cytolog.DONE;
        } catch (InvalidReleaseException e) {
            throw new InvalidInputException(e.getMessage(), e);
        }
    }
}
