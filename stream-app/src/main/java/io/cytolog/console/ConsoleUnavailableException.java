// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

/** The console's address cannot be listened at; the message says what to change. */
public final class ConsoleUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConsoleUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
