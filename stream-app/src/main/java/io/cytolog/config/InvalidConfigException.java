// Licensed under the Apache License, Version 2.0.
package io.cytolog.config;

import java.io.Serial;
import java.util.List;

/** The configuration cannot be used; one line a fault, all of them. */
public final class InvalidConfigException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public InvalidConfigException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.faults = List.copyOf(faults);
    }

    /** One line each: path, value, what is wrong, remedy. */
    public List<String> faults() {
        return faults;
    }
}
