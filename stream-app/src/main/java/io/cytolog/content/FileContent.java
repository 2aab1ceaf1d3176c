// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import static io.cytolog.image.RejectionReason.CONTENT_UNAVAILABLE;
import static io.cytolog.image.RejectionReason.URI_NOT_ALLOWED;

import io.cytolog.image.ImageBytes;
import io.cytolog.image.RejectedImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files below the allowed roots, and only those, since a URI comes from outside. Safe for any
 * thread.
 */
public final class FileContent implements ContentStore {

    private final List<Path> roots;
    private final long maxBytes;

    /**
     * @param roots folders whose files may be read; with none, every file is turned away
     * @param maxBytes longest file, bytes
     */
    public FileContent(List<Path> roots, long maxBytes) {
        this.roots = List.copyOf(roots);
        this.maxBytes = maxBytes;
    }

    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public ImageBytes fetch(ClaimCheck check) throws RejectedImageException {
        Path stated = fileOf(check);
        try {
            Path file = stated.toRealPath();
            checkBelowRoot(check, file);
            if (!Files.isRegularFile(file)) {
                throw check.rejected(CONTENT_UNAVAILABLE, "is not a file; publish the image again");
            }
            return read(check, file);
        } catch (NoSuchFileException | AccessDeniedException e) {
            checkBelowRoot(check, stated.normalize());
            throw check.rejected(
                    CONTENT_UNAVAILABLE,
                    "is missing or closed to this service; publish the image again");
        } catch (IOException e) {
            throw new StorageFailedException(check, e.toString(), e);
        }
    }

    private ImageBytes read(ClaimCheck check, Path file)
            throws IOException, RejectedImageException {
        if (Files.size(file) > maxBytes) {
            throw check.tooLarge(Files.size(file), maxBytes);
        }
        try (InputStream in = Files.newInputStream(file)) {
            int most = (int) Math.min(maxBytes, Integer.MAX_VALUE - 16);
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) {
                throw check.tooLarge(Files.size(file), maxBytes);
            }
            return ImageBytes.wrap(bytes);
        }
    }

    private static Path fileOf(ClaimCheck check) throws RejectedImageException {
        try {
            return Path.of(check.uri());
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw check.rejected(URI_NOT_ALLOWED, "is not a URI that names a file");
        }
    }

    private void checkBelowRoot(ClaimCheck check, Path file) throws RejectedImageException {
        for (Path root : roots) {
            if (file.startsWith(realPath(root))) {
                return;
            }
        }
        throw check.rejected(
                URI_NOT_ALLOWED, "lies below none of claim-check.roots; add its folder there");
    }

    private static Path realPath(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            return root.toAbsolutePath().normalize();
        }
    }

    @Override
    public void close() {
        // Holds nothing open.
    }
}
