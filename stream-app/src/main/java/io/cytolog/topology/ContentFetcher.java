// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import static io.cytolog.image.RejectionReason.CONTENT_UNAVAILABLE;
import static io.cytolog.image.RejectionReason.TOO_MANY_BYTES;
import static io.cytolog.image.RejectionReason.URI_NOT_ALLOWED;

import io.cytolog.image.ImageBytes;
import io.cytolog.image.RejectedImageException;
import io.cytolog.image.RejectionReason;
import io.cytolog.image.RejectionStage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Redeems claim checks: reads an image that was too large to travel inside its record. Only files
 * below the allowed roots, since a URI comes from outside. Safe for any thread.
 */
public final class ContentFetcher {

    private final List<Path> roots;
    private final long maxBytes;

    /**
     * @param roots folders whose files may be read; with none, every claim check is turned away
     * @param maxBytes longest file, bytes
     */
    public ContentFetcher(List<Path> roots, long maxBytes) {
        this.roots = List.copyOf(roots);
        this.maxBytes = maxBytes;
    }

    /**
     * @throws RejectedImageException when the URI is not allowed, or what it names is not there or
     *     too large
     * @throws UncheckedIOException when the storage fails; the image must come again
     */
    public ImageBytes fetch(String uri) throws RejectedImageException {
        Path stated = fileOf(uri);
        try {
            Path file = stated.toRealPath();
            checkBelowRoot(uri, file);
            if (!Files.isRegularFile(file)) {
                throw rejected(CONTENT_UNAVAILABLE, uri, "is not a file; publish the image again");
            }
            return read(uri, file);
        } catch (NoSuchFileException | AccessDeniedException e) {
            checkBelowRoot(uri, stated.normalize());
            throw rejected(
                    CONTENT_UNAVAILABLE,
                    uri,
                    "is missing or closed to this service; publish the image again");
        } catch (IOException e) {
            throw new UncheckedIOException("claim check %s cannot be read".formatted(uri), e);
        }
    }

    private ImageBytes read(String uri, Path file) throws IOException, RejectedImageException {
        if (Files.size(file) > maxBytes) {
            throw tooLarge(uri, Files.size(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            int most = (int) Math.min(maxBytes, Integer.MAX_VALUE - 16);
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) {
                throw tooLarge(uri, Files.size(file));
            }
            return ImageBytes.wrap(bytes);
        }
    }

    private RejectedImageException tooLarge(String uri, long size) {
        return rejected(
                TOO_MANY_BYTES,
                uri,
                "has %,d bytes, the bound is %,d; send tiles or raise gate.max-bytes"
                        .formatted(size, maxBytes));
    }

    private static Path fileOf(String uri) throws RejectedImageException {
        try {
            URI parsed = URI.create(uri);
            if ("file".equals(parsed.getScheme())) {
                return Path.of(parsed);
            }
        } catch (IllegalArgumentException e) {
            throw rejected(URI_NOT_ALLOWED, uri, "is not a URI that names a file");
        }
        throw rejected(URI_NOT_ALLOWED, uri, "is of a kind not served here; give a file: URI");
    }

    private void checkBelowRoot(String uri, Path file) throws RejectedImageException {
        for (Path root : roots) {
            if (file.startsWith(realPath(root))) {
                return;
            }
        }
        throw rejected(
                URI_NOT_ALLOWED, uri, "lies below none of claim-check.roots; add its folder there");
    }

    private static Path realPath(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            return root.toAbsolutePath().normalize();
        }
    }

    private static RejectedImageException rejected(
            RejectionReason reason, String uri, String what) {
        String shown = uri.length() <= 200 ? uri : uri.substring(0, 200) + "...";
        return new RejectedImageException(
                RejectionStage.FETCH, reason, "claim check %s %s".formatted(shown, what));
    }
}
