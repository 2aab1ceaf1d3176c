// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

/** What probes ask. Answered at once, by any thread. */
public interface Health {

    /** False when only a restart can help. */
    boolean live();

    /** True when images are being worked on, or would be if there were any. */
    boolean ready();
}
