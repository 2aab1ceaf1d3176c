// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxImageEncoder;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.TrustedKeys;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.ReleaseFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a release as the stream-app does before it serves. */
@Command(
        name = "verify",
        description = {
            "Checks a release as the stream-app does before it lets it answer: signature, digests, and",
            "that this machine computes its golden vectors."
        })
final class ReleaseVerifyCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Spec private CommandSpec spec;

    @Option(
            names = "--release",
            paramLabel = "DIR",
            description = "Release to check. Default: the one shipped.")
    private Path release;

    @Option(
            names = "--trusted-key",
            paramLabel = "FILE",
            description =
                    "Public key that may have signed it; may be repeated. Default: unsigned will do.")
    private List<Path> trusted = List.of();

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() {
        Path folder = release == null ? ReleaseFolder.shipped() : release;
        try {
            Release read = ReleaseReader.read(folder, TrustedKeys.read(trusted));
            var threads = new InferenceThreads(Runtime.getRuntime().availableProcessors());
            try (var encoder = OnnxImageEncoder.open(read, 1, threads)) {
                say(read, read.golden().check(encoder::encode));
            }
            return Cytolog.DONE;
        } catch (InvalidReleaseException e) {
            throw new InvalidInputException(e.getMessage(), e);
        }
    }

    private void say(Release read, double worst) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s %s, bank %s: %s; %d files as stated; golden vectors within %.1e (bound %.1e)%n",
                read.id(),
                read.manifest().name(),
                read.bank().version(),
                trusted.isEmpty() ? "signature not asked for" : "signed by a trusted key",
                read.manifest().files().size(),
                worst,
                read.golden().tolerance());
        out.flush();
    }
}
