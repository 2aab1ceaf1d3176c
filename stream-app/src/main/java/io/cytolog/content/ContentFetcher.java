// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import io.cytolog.image.ImageBytes;
import io.cytolog.image.RejectedImageException;
import io.cytolog.image.RejectionReason;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Redeems claim checks: finds the store that serves a URI's scheme. Owns its stores; safe for any
 * thread.
 */
public final class ContentFetcher implements AutoCloseable {

    private final List<ContentStore> stores;

    /** Serves what these stores serve; with none, every claim check is turned away. */
    public ContentFetcher(List<ContentStore> stores) {
        this.stores = List.copyOf(stores);
    }

    /**
     * @throws RejectedImageException when the URI is not allowed, or what it names is not there or
     *     too large
     * @throws StorageFailedException when the storage fails; the image must come again
     */
    public ImageBytes fetch(String uri) throws RejectedImageException {
        ClaimCheck check = ClaimCheck.of(uri);
        for (ContentStore store : stores) {
            if (store.scheme().equals(check.scheme())) {
                return store.fetch(check);
            }
        }
        throw check.rejected(
                RejectionReason.URI_NOT_ALLOWED,
                "is of a kind not served here; served are: " + served());
    }

    private String served() {
        return stores.stream().map(store -> store.scheme() + ":").collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        stores.forEach(ContentStore::close);
    }
}
