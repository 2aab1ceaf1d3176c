// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import static io.cytolog.image.RejectionReason.CONTENT_UNAVAILABLE;
import static io.cytolog.image.RejectionReason.URI_NOT_ALLOWED;

import io.cytolog.image.ImageBytes;
import io.cytolog.image.RejectedImageException;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Objects of the allowed buckets, and only those. Attempts are repeated with growing pauses while
 * the store fails; a missing or closed object is its record's fault at once. Safe for any thread.
 */
public final class S3Content implements ContentStore {

    private static final int NOT_FOUND = 404;

    private final S3Client client;
    private final List<S3Folder> allowed;
    private final long maxBytes;

    private S3Content(S3Client client, List<S3Folder> allowed, long maxBytes) {
        this.client = client;
        this.allowed = List.copyOf(allowed);
        this.maxBytes = maxBytes;
    }

    /**
     * @param allowed buckets or parts of them whose objects may be read
     * @param maxBytes longest object, bytes
     */
    public static S3Content open(S3Access access, List<S3Folder> allowed, long maxBytes) {
        return new S3Content(S3Clients.open(access), allowed, maxBytes);
    }

    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public ImageBytes fetch(ClaimCheck check) throws RejectedImageException {
        S3Object object = S3Object.of(check);
        if (allowed.stream().noneMatch(folder -> folder.holds(object))) {
            throw check.rejected(
                    URI_NOT_ALLOWED,
                    "lies in none of claim-check.s3.buckets; add its bucket or prefix there");
        }
        try {
            return read(check, object);
        } catch (AwsServiceException e) {
            throw refused(check, e);
        } catch (AbortedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailedException(check, "interrupted", e);
        } catch (SdkException e) {
            throw new StorageFailedException(check, String.valueOf(e.getMessage()), e);
        }
    }

    private ImageBytes read(ClaimCheck check, S3Object object) throws RejectedImageException {
        BoundedBody.Body body =
                client.getObject(
                        get -> get.bucket(object.bucket()).key(object.key()),
                        new BoundedBody(maxBytes));
        return switch (body) {
            case BoundedBody.Whole(ImageBytes bytes) -> bytes;
            case BoundedBody.TooLong(long length) -> throw check.tooLarge(length, maxBytes);
        };
    }

    /**
     * A store that answers AccessDenied may mean a missing object: who may not list does not learn
     * the difference. Other refusals (expired keys, another region) are ours.
     */
    private static RejectedImageException refused(ClaimCheck check, AwsServiceException e) {
        boolean closed = "AccessDenied".equals(e.awsErrorDetails().errorCode());
        if (e.statusCode() == NOT_FOUND || closed) {
            return check.rejected(
                    CONTENT_UNAVAILABLE,
                    "is missing or closed to this service; publish the image again");
        }
        throw new StorageFailedException(check, String.valueOf(e.getMessage()), e);
    }

    @Override
    public void close() {
        client.close();
    }
}
