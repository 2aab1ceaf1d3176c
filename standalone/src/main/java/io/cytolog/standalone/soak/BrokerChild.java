// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.standalone.EmbeddedBroker;
import io.cytolog.standalone.EmbeddedRegistry;
import io.cytolog.standalone.RegistryHome;
import java.nio.file.Path;

/** Broker and registry in a process of their own, so that their memory is not the stream's. */
final class BrokerChild {

    private BrokerChild() {}

    /** Argument: folder for the broker's log and the registry's settings. */
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(RegistryHome.located(), work);
                EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"))) {
            ChildJvm.sayReady(broker.bootstrapServers(), registry.url());
            ChildJvm.awaitParent();
        }
        System.exit(0);
    }
}
