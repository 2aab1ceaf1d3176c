// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Our node scripts with their locked packages, laid once into the build folder. Skips a test, and
 * says so, where npm is absent or no registry can be reached.
 */
record SchemaChecker(Path folder, Program node) {
    private static final Pattern OFFLINE =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED");

    static SchemaChecker orSkip() {
        var node = Program.orSkip("node", "nodejs");
        var npm = Program.orSkip("npm", "npm");
        var folder = Checkout.SCRATCH.resolve("manifest-check");
        try {
            install(npm, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SchemaChecker(folder, node);
    }

    Program.Finished check(String script, Path file) {
        return node.run(folder, Map.of(), script, file.toAbsolutePath().toString());
    }

    private static void install(Program npm, Path folder) throws IOException {
        var source = Checkout.path("deployment-tests/src/test/node");
        var installed = folder.resolve("installed.json");
        var lock = source.resolve("package-lock.json");
        Files.createDirectories(folder);
        for (var name :
                new String[] {
                    "package.json", "package-lock.json", "manifests.mjs", "compose.mjs"
                }) {
            Files.copy(
                    source.resolve(name),
                    folder.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(installed) && Files.mismatch(lock, installed) == -1) {
            return;
        }
        var run = npm.run(folder, Map.of(), "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        assumeTrue(
                run.exit() == 0 || !OFFLINE.matcher(run.output()).find(),
                () -> "npm reaches no registry: " + run.output());
        if (run.exit() != 0) {
            throw new IllegalStateException("npm ci failed: " + run.output());
        }
        Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
    }
}
