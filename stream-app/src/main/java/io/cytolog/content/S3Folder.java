// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import java.util.regex.Pattern;

/**
 * A bucket, or the part of one, whose objects may be read.
 *
 * @param prefix what keys begin with, up to a slash; empty for all keys
 */
public record S3Folder(String bucket, String prefix) {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /**
     * Reads {@code bucket} or {@code bucket/prefix}.
     *
     * @throws IllegalArgumentException when there is no bucket of such a name
     */
    public static S3Folder parse(String text) {
        int slash = text.indexOf('/');
        String bucket = slash < 0 ? text : text.substring(0, slash);
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "%s names no bucket; give bucket or bucket/prefix".formatted(text));
        }
        String prefix = slash < 0 ? "" : text.substring(slash + 1);
        return new S3Folder(
                bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    boolean holds(S3Object object) {
        return object.bucket().equals(bucket) && object.key().startsWith(prefix);
    }
}
