// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers everything that is wrong with what the user gave, so that it is all said at once. Owned
 * by one thread.
 */
public final class Faults {

    /** Takes a value, unless what the user gave does not let it exist. */
    @FunctionalInterface
    public interface Check {
        void run();
    }

    private final List<String> messages = new ArrayList<>();

    /** Runs a check and keeps its message when it finds a fault. */
    public Faults check(Check check) {
        try {
            check.run();
        } catch (InvalidInputException e) {
            messages.add(e.getMessage());
        }
        return this;
    }

    /** Ends in one exception with all messages when there are any. */
    public void refuse() {
        if (!messages.isEmpty()) {
            throw new InvalidInputException(String.join("; also: ", messages));
        }
    }
}
