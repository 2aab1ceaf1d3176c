// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.io.IOException;

/** The file was written to while it was read: wait for it to settle again. */
final class FileChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    FileChangedException() {
        super("changed while it was read");
    }
}
