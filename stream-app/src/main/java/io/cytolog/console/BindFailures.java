// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import java.net.BindException;
import java.util.stream.Stream;

/** Says in one line why an address cannot be listened at and what to change. */
final class BindFailures {

    private BindFailures() {}

    static ConsoleUnavailableException explain(ConsoleSettings settings, Throwable failure) {
        String reason =
                Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                        .filter(BindException.class::isInstance)
                        .map(cause -> String.valueOf(cause.getMessage()))
                        .findFirst()
                        .orElse("");
        return new ConsoleUnavailableException(message(settings, reason), failure);
    }

    private static String message(ConsoleSettings settings, String reason) {
        if (reason.contains("Permission denied")) {
            return "console.port=%d may not be opened by this user; set console.port to 1024 or more"
                    .formatted(settings.port());
        }
        if (reason.contains("Cannot assign")) {
            return "console.bind=%s is no address of this machine; set console.bind to one that is"
                    .formatted(settings.bind());
        }
        return "console.port=%d is in use; stop the other program or set console.port"
                .formatted(settings.port());
    }
}
