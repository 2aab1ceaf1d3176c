// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.util.HashSet;
import java.util.Set;

/** Lets a thing be logged once and not at every scan. Bounded; owned by the task's thread. */
final class FirstTimes {
    private static final int MOST = 1_000;

    private final Set<String> told = new HashSet<>();

    boolean isFirst(String what) {
        return told.size() < MOST && told.add(what);
    }
}
