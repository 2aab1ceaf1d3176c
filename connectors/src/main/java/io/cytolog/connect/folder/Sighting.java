// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.time.Instant;

/**
 * A file as one scan saw it.
 *
 * @param path relative to the root, with forward slashes on every platform
 * @param size bytes
 * @param modified last modification, as fine as the file system tells
 * @param stat whether its folder is marked urgent
 */
record Sighting(String path, long size, Instant modified, boolean stat) {

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Folder of the file relative to the root; empty for the root itself. */
    String folder() {
        return folderOf(path);
    }

    static String folderOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    boolean sameState(Sighting other) {
        return size == other.size && modified.equals(other.modified);
    }
}
