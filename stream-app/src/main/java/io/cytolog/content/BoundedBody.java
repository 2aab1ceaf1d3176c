// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import io.cytolog.image.ImageBytes;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads an object's body up to a bound: by its stated length before a byte is read, and by counting
 * while it is read. A body that breaks off is tried again.
 */
final class BoundedBody implements ResponseTransformer<GetObjectResponse, BoundedBody.Body> {

    /** What became of a body. */
    sealed interface Body permits Whole, TooLong {}

    record Whole(ImageBytes bytes) implements Body {}

    record TooLong(long length) implements Body {}

    private final long maxBytes;

    BoundedBody(long maxBytes) {
        this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 16);
    }

    @Override
    public Body transform(GetObjectResponse response, AbortableInputStream in) {
        long stated = response.contentLength() == null ? 0 : response.contentLength();
        if (stated > maxBytes) {
            // Not closed but cut: closing would read the rest.
            in.abort();
            return new TooLong(stated);
        }
        try {
            return read(in, stated);
        } catch (IOException e) {
            throw RetryableException.create("the object broke off: " + e.getMessage(), e);
        }
    }

    private Body read(AbortableInputStream in, long stated) throws IOException {
        return stated > 0 ? exactly(in, (int) stated) : upToTheBound(in);
    }

    private static Body exactly(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = in.readNBytes(bytes, 0, length);
        if (read < length) {
            throw new IOException("%,d of %,d bytes came".formatted(read, length));
        }
        return new Whole(ImageBytes.wrap(bytes));
    }

    private Body upToTheBound(AbortableInputStream in) throws IOException {
        byte[] bytes = in.readNBytes((int) maxBytes);
        if (bytes.length == maxBytes && in.read() >= 0) {
            in.abort();
            return new TooLong(maxBytes + 1);
        }
        return new Whole(ImageBytes.wrap(bytes));
    }
}
