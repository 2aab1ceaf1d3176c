// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps foreign pages out: a page elsewhere may point its own name at this machine (DNS rebinding)
 * and so read the console as if it were its own. A plain address cannot be pointed anywhere, so
 * addresses pass, as do localhost and the names that the configuration lists.
 */
final class HostGuard {

    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private final Set<String> names;

    HostGuard(Set<String> names) {
        this.names =
                names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param header value of the request's {@code Host}; null when there is none
     */
    boolean admits(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String name = PORT.matcher(header.toLowerCase(Locale.ROOT)).replaceFirst("");
        return name.equals("localhost") || ADDRESS.matcher(name).matches() || names.contains(name);
    }
}
