// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.TrustedKeys;
import io.cytolog.serving.ReleaseOrigin.Announced;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the releases that announcements name: only below the allowed roots, since a location comes
 * from outside, only signed by a trusted key where there is one, and only what was announced. Safe
 * for any thread.
 */
public final class AnnouncedReleases {

    private final List<Path> roots;
    private final TrustedKeys trusted;

    /**
     * @param roots folders below which, or at which, a release may lie
     */
    public AnnouncedReleases(List<Path> roots, TrustedKeys trusted) {
        this.roots = List.copyOf(roots);
        this.trusted = trusted;
    }

    /**
     * Reads and verifies an announced release.
     *
     * @throws InvalidReleaseException when it may not lie there, is damaged or is another
     */
    public Release read(Announced announced) throws InvalidReleaseException {
        Release release = ReleaseReader.read(folder(announced.location()), trusted);
        if (!release.id().equals(announced.release())) {
            throw new InvalidReleaseException(
                    "%s holds release %s, announced was %s; announce what lies there"
                            .formatted(
                                    announced.location(),
                                    release.id().brief(),
                                    announced.release().brief()));
        }
        return release;
    }

    private Path folder(String location) throws InvalidReleaseException {
        Path stated;
        try {
            URI uri = URI.create(location);
            if (!"file".equals(uri.getScheme())) {
                throw new IllegalArgumentException("not a file: URI");
            }
            stated = Path.of(uri);
        } catch (IllegalArgumentException e) {
            throw new InvalidReleaseException(
                    "release location %s is no file: URI; announce one".formatted(shown(location)),
                    e);
        }
        try {
            Path folder = stated.toRealPath();
            for (Path root : roots) {
                if (folder.startsWith(root.toRealPath())) {
                    return folder;
                }
            }
        } catch (IOException e) {
            throw new InvalidReleaseException(
                    "release location %s or a folder of release.roots is not there (%s); mount it or announce another place"
                            .formatted(shown(location), e.getMessage()),
                    e);
        }
        throw new InvalidReleaseException(
                "release location %s lies below none of release.roots; add its folder there"
                        .formatted(shown(location)));
    }

    private static String shown(String location) {
        return location.length() <= 200 ? location : location.substring(0, 200) + "...";
    }
}
