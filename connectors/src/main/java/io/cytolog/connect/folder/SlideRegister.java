// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notices when one slide id comes from two cases: their cells would be counted as one slide's.
 * Remembers the latest slides only. Owned by the task's thread.
 */
final class SlideRegister {
    private static final int MOST = 10_000;

    private final Map<String, String> caseOf =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > MOST;
                }
            };

    /** Whether the slide was seen before under another accession or specimen. */
    boolean isAmbiguous(SlideAddress address) {
        String owner = address.accession() + '/' + address.specimen();
        String before = caseOf.putIfAbsent(address.slide(), owner);
        return before != null && !before.equals(owner);
    }
}
