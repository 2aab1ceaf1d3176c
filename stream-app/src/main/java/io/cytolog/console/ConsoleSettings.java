// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import java.util.Set;

/**
 * Where the console listens and by which names it may be called.
 *
 * @param bind address to listen at; loopback unless a laboratory decides otherwise
 * @param port 0 takes any free one
 * @param hosts names, beside localhost and plain addresses, under which browsers may reach it
 */
public record ConsoleSettings(String bind, int port, Set<String> hosts) {

    public ConsoleSettings {
        hosts = Set.copyOf(hosts);
    }
}
