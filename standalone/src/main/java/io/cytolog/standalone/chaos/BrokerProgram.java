// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.standalone.EmbeddedBroker;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The broker as a process of its own, until its standard input ends: {@code BrokerProgram FOLDER
 * PORT}.
 */
public final class BrokerProgram {

    private BrokerProgram() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker =
                EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }
}
