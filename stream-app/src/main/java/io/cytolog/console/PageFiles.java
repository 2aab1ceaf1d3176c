// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page's own files, read once from the jar: no path of a request ever reaches a disk. */
final class PageFiles {

    private static final Map<String, String> TYPE_OF =
            Map.of(
                    "index.html", "text/html; charset=utf-8",
                    "app.js", "text/javascript; charset=utf-8",
                    "app.css", "text/css; charset=utf-8",
                    "icon.svg", "image/svg+xml");

    private PageFiles() {}

    static String contentType(String name) {
        return TYPE_OF.get(name);
    }

    static byte[] read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks io/cytolog/console/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
