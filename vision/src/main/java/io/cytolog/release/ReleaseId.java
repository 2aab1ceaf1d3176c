// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

/**
 * Names a release: SHA-256 of its manifest, 64 lower-case hexadecimal digits.
 *
 * @param value the digits
 */
public record ReleaseId(String value) {

    public ReleaseId {
        if (!value.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'" + value + "' is not a SHA-256 in lower case");
        }
    }

    /** The first 12 digits, for people. */
    public String brief() {
        return value.substring(0, 12);
    }

    @Override
    public String toString() {
        return value;
    }
}
