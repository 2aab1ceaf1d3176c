// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

/**
 * Whether a person looks at the output: then there is colour and a moving bar, else plain lines.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 */
record Terminal(boolean out, boolean err) {

    /** What {@code ./cytolog} found, since Java cannot ask for each stream by itself. */
    static Terminal detected() {
        return new Terminal(
                Boolean.getBoolean("cytolog.terminal.out"),
                Boolean.getBoolean("cytolog.terminal.err"));
    }

    /** Width of the terminal; 0 where there is none or it is not known. */
    static int columns() {
        return Integer.getInteger("cytolog.terminal.columns", 0);
    }

    /**
     * Colour is wanted on a terminal, unless <a href="https://no-color.org">NO_COLOR</a> is set.
     */
    boolean colour() {
        return out && System.getenv("NO_COLOR") == null;
    }
}
