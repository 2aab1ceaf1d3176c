// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

/** The data cannot be trained on; the message is one line for the person who gave them. */
public final class CorpusException extends Exception {

    private static final long serialVersionUID = 1L;

    public CorpusException(String message) {
        super(message);
    }
}
