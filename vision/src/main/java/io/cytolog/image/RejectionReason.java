// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

/** Why an image was turned away; the record's fault, never ours. */
public enum RejectionReason {
    UNREADABLE_RECORD,
    NO_CONTENT,
    EMPTY,
    TOO_MANY_BYTES,
    DIGEST_MISMATCH,
    SIZE_MISMATCH,
    NOT_AN_IMAGE,
    TRUNCATED,
    TOO_MANY_PIXELS,
    TOO_SMALL,
    UNSUPPORTED_FORMAT,
    CORRUPT,
    CONTENT_UNAVAILABLE,
    URI_NOT_ALLOWED
}
