// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import java.util.Arrays;

/** A record's value as it came; never shows its content, since that may be a patient's image. */
public final class Payload {

    private final byte[] bytes;

    /** Takes the array over: the caller does not change it afterwards. */
    public Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy: a dead letter may hold megabytes. Do not change them. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Payload[%d bytes]".formatted(bytes.length);
    }
}
