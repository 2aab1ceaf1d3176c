// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

/** A command that can be asked for the stack trace of its failure. */
interface Verbose {
    boolean verbose();
}
