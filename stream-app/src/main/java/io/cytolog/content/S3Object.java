// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import io.cytolog.image.RejectedImageException;
import io.cytolog.image.RejectionReason;
import java.net.URI;
import java.util.stream.Stream;

/** What an {@code s3://bucket/key} names. */
record S3Object(String bucket, String key) {

    /**
     * @throws RejectedImageException when the URI has no bucket or no key, more than the two, or a
     *     key with steps that some servers would walk as folders
     */
    static S3Object of(ClaimCheck check) throws RejectedImageException {
        URI uri = check.uri();
        String bucket = uri.getAuthority();
        String path = uri.getPath();
        if (bucket == null
                || path == null
                || path.length() < 2
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw check.rejected(
                    RejectionReason.URI_NOT_ALLOWED, "is not of the form s3://bucket/key");
        }
        String key = path.substring(1);
        if (Stream.of(key.split("/", -1)).anyMatch(S3Object::leadsElsewhere)) {
            throw check.rejected(
                    RejectionReason.URI_NOT_ALLOWED,
                    "has an empty step, '.' or '..' in its key; publish it under a plain key");
        }
        return new S3Object(bucket, key);
    }

    private static boolean leadsElsewhere(String step) {
        return step.isEmpty() || step.equals(".") || step.equals("..");
    }
}
