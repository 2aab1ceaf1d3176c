// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.mix.SyntheticMix;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of {@code train} for synthetic cells. */
final class SyntheticOptions {

    @Option(
            names = "--synthetic",
            paramLabel = "DIR",
            description = "folder of ./cytolog generate; its cells join the training")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--synthetic-share",
            paramLabel = "SHARE",
            defaultValue = SyntheticMix.ADAPTIVE,
            description =
                    "share of an epoch that is synthetic, 0 to 0.5, or 'adaptive': by recall on training "
                            + "groups that are held out of training for it; default ${DEFAULT-VALUE}")
    private String share = SyntheticMix.ADAPTIVE;

    /**
     * @throws IllegalArgumentException when the share is none
     */
    SyntheticMix mix() {
        return folder.map(f -> SyntheticMix.of(f, share)).orElseGet(SyntheticMix::none);
    }

    /** Goes into a checkpoint's identity; empty where there is no synthetic cell. */
    String identity() {
        return folder.map(f -> " synthetic %s %s".formatted(f.toAbsolutePath(), share)).orElse("");
    }

    /** The options as they were given, to be given again. */
    String words() {
        return folder.map(f -> " --synthetic %s --synthetic-share %s".formatted(f, share))
                .orElse("");
    }

    /** For the release's manifest. */
    Map<String, String> facts() {
        return folder.isPresent() ? Map.of("synthetic share", share) : Map.of();
    }
}
