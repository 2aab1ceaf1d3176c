// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.release.SigningKeys;
import io.cytolog.standalone.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a pair of keys to sign releases with. */
@Command(
        name = "keygen",
        description = {
            "Makes an Ed25519 pair: "
                    + SigningKeys.PRIVATE_FILE
                    + " signs and stays with whoever may",
            "release, "
                    + SigningKeys.PUBLIC_FILE
                    + " goes into the stream-app's release.trusted-keys."
        })
final class ReleaseKeygenCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Spec private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the two files; a key that lies there stays.")
    private Path out;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException {
        try {
            SigningKeys.generate(out);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(
                    "--out=%s already holds %s; give another folder"
                            .formatted(out, Path.of(e.getFile()).getFileName()),
                    e);
        }
        PrintWriter to = spec.commandLine().getOut();
        to.println(out.resolve(SigningKeys.PRIVATE_FILE));
        to.println(out.resolve(SigningKeys.PUBLIC_FILE));
        to.flush();
        return Cytolog.DONE;
    }
}
