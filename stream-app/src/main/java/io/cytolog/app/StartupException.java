// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import java.io.Serial;
import java.util.List;

/** The stream must not start; one line a fault: what, where, value, remedy. */
public final class StartupException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public StartupException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.faults = List.copyOf(faults);
    }

    public StartupException(String fault, Throwable cause) {
        super(fault, cause);
        this.faults = List.of(fault);
    }

    public List<String> faults() {
        return faults;
    }
}
