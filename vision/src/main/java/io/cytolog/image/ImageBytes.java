// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes of one image file. Keeps pixels out of records and logs; the array is shared, not
 * copied, and nobody writes to it.
 */
public final class ImageBytes {

    private final byte[] bytes;

    private ImageBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps an array that the caller no longer writes to. */
    public static ImageBytes wrap(byte[] bytes) {
        return new ImageBytes(bytes);
    }

    /** The wrapped array itself; readers must not write to it. */
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /** SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ImageBytes[" + bytes.length + " bytes]";
    }
}
