// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** A file's digest and, if it is small, its bytes; never shows them. */
final class ReadImage {
    private static final int CHUNK_BYTES = 64 << 10;

    private final String sha256;
    private final byte[] bytes;
    private final boolean inline;

    private ReadImage(String sha256, byte[] bytes, boolean inline) {
        this.sha256 = sha256;
        this.bytes = bytes;
        this.inline = inline;
    }

    /**
     * Reads the file as it was sighted. More than {@code maxInlineBytes} only streams through the
     * digest, whatever its length, so memory stays flat.
     *
     * @throws FileChangedException when the file is no longer what the scan saw
     */
    static ReadImage of(Path root, Sighting sighting, long maxInlineBytes) throws IOException {
        Path file = root.resolve(sighting.path());
        // A folder on the way may have become a link since the scan.
        if (!file.toRealPath().startsWith(root)) {
            throw new IOException("leads out of the watched folder");
        }
        boolean inline = sighting.size() <= maxInlineBytes;
        byte[] kept = new byte[inline ? Math.toIntExact(sighting.size()) : 0];
        MessageDigest digest = Digests.sha256();
        if (digested(file, digest, kept, inline) != sighting.size() || changed(file, sighting)) {
            throw new FileChangedException();
        }
        return new ReadImage(HexFormat.of().formatHex(digest.digest()), kept, inline);
    }

    String sha256() {
        return sha256;
    }

    Optional<ByteBuffer> inline() {
        return inline ? Optional.of(ByteBuffer.wrap(bytes)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "ReadImage[%s, %d bytes inline]".formatted(sha256, bytes.length);
    }

    private static long digested(Path file, MessageDigest digest, byte[] kept, boolean inline)
            throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        long total = 0;
        try (InputStream in =
                Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (inline) {
                    if (total + read > kept.length) {
                        throw new FileChangedException();
                    }
                    System.arraycopy(chunk, 0, kept, (int) total, read);
                }
                digest.update(chunk, 0, read);
                total += read;
            }
        }
        return total;
    }

    private static boolean changed(Path file, Sighting sighting) throws IOException {
        BasicFileAttributes now =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return now.size() != sighting.size()
                || !now.lastModifiedTime().toInstant().equals(sighting.modified());
    }
}
