// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

/** Who puts a schema into the registry. */
public enum Registration {
    /** The serializer, when it first meets a topic. */
    AUTOMATIC,
    /** Someone else, before: a serializer that meets an unknown schema fails. */
    BEFOREHAND
}
