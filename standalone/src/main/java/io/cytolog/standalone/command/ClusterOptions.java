// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.config.ConfigReader;
import io.cytolog.config.InvalidConfigException;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.cluster.Cluster;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches a running cluster: the stream-app's own configuration, or what differs. */
final class ClusterOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = {
                "The stream-app's configuration; broker, registry, prefix and channel are taken from it.",
                "Default: deploy/cytolog.yaml, all on localhost."
            })
    private @Nullable Path config;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Broker, in place of the configured one.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry, in place of the configured one.")
    private @Nullable String registry;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "Before every topic's name, in place of the configured one.")
    private @Nullable String prefix;

    /**
     * The cluster that the options name; nothing is asked of it yet.
     *
     * @throws InvalidInputException with all that is wrong
     */
    Cluster cluster() {
        ConfigReader reader = ConfigReader.ofDefaults();
        try {
            if (config != null) {
                reader = reader.file(config);
            }
            if (bootstrapServers != null) {
                reader = reader.with("kafka.bootstrap-servers", bootstrapServers);
            }
            if (registry != null) {
                reader = reader.with("registry.url", registry);
            }
            if (prefix != null) {
                reader = reader.with("topics.prefix", prefix);
            }
            return new Cluster(reader.read());
        } catch (InvalidConfigException e) {
            throw new InvalidInputException(String.join("; also: ", e.faults()), e);
        }
    }
}
