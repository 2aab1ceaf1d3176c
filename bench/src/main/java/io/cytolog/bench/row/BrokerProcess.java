// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.row;

import io.cytolog.standalone.EmbeddedBroker;
import io.cytolog.standalone.EmbeddedRegistry;
import io.cytolog.standalone.RegistryHome;
import java.nio.file.Path;

/** Broker and registry that all rows share, in a process that no row is charged for. */
public final class BrokerProcess {

    private BrokerProcess() {}

    /** Arguments: a folder for the broker's log. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (EmbeddedRegistry registry =
                        EmbeddedRegistry.start(RegistryHome.located(), folder.resolve("registry"));
                EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("log"))) {
            System.out.printf("servers %s %s%n", broker.bootstrapServers(), registry.url());
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
