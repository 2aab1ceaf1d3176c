// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder into which the build unpacked the registry's distribution. */
public record RegistryHome(Path folder) {
    /** System property that names the folder; {@code ./cytolog} and Surefire set it. */
    public static final String PROPERTY = "cytolog.registry.home";

    public RegistryHome {
        if (!Files.isDirectory(folder.resolve("lib/main"))) {
            throw new IllegalArgumentException(
                    "%s=%s holds no registry distribution; build it with: mvn -pl standalone -am package"
                            .formatted(PROPERTY, folder));
        }
    }

    /** The folder that the system property names, else where the build of this module puts it. */
    public static RegistryHome located() {
        return new RegistryHome(Path.of(System.getProperty(PROPERTY, "target/registry")));
    }
}
