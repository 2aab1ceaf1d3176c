// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import java.util.Objects;

/**
 * What became of a record's bytes: a value, or the bytes as they came with the reason, so that a
 * bad record can be set aside and replayed instead of stopping its stream.
 */
public sealed interface Readable<T> {

    /** The bytes were a message. */
    record Read<T>(T value) implements Readable<T> {
        public Read {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * The bytes were not a message of the expected kind.
     *
     * @param why what, where and remedy in one line; says nothing of the content
     */
    record Unreadable<T>(Payload payload, String why) implements Readable<T> {
        public Unreadable {
            Objects.requireNonNull(payload, "payload");
            Objects.requireNonNull(why, "why");
        }
    }
}
