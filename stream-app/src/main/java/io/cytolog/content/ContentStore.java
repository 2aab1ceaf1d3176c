// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import io.cytolog.image.ImageBytes;
import io.cytolog.image.RejectedImageException;

/** A kind of place where images lie. Safe for any thread. */
public interface ContentStore extends AutoCloseable {

    /** Scheme of the URIs that it serves, in lower case. */
    String scheme();

    /**
     * Reads an image whole.
     *
     * @throws RejectedImageException when the URI is not allowed, or what it names is not there or
     *     too large
     * @throws StorageFailedException when the storage fails; the image must come again
     */
    ImageBytes fetch(ClaimCheck check) throws RejectedImageException;

    @Override
    void close();
}
