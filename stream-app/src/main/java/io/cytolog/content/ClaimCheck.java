// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import io.cytolog.image.RejectedImageException;
import io.cytolog.image.RejectionReason;
import io.cytolog.image.RejectionStage;
import java.net.URI;
import java.util.Locale;

/**
 * A URI from outside in place of an image's bytes.
 *
 * @param stated as it came
 */
public record ClaimCheck(String stated, URI uri) {

    private static final int MOST_SHOWN = 200;

    /**
     * @throws RejectedImageException when the text is no absolute URI
     */
    static ClaimCheck of(String stated) throws RejectedImageException {
        try {
            URI uri = URI.create(stated);
            if (uri.getScheme() != null) {
                return new ClaimCheck(stated, uri);
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for a URI without a scheme.
        }
        throw rejected(RejectionReason.URI_NOT_ALLOWED, stated, "is not a URI with a scheme");
    }

    String scheme() {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** The image turned away for this reason. */
    RejectedImageException rejected(RejectionReason reason, String what) {
        return rejected(reason, stated, what);
    }

    /** The image turned away for its length. */
    RejectedImageException tooLarge(long size, long bound) {
        return rejected(
                RejectionReason.TOO_MANY_BYTES,
                "has %,d bytes, the bound is %,d; send tiles or raise gate.max-bytes"
                        .formatted(size, bound));
    }

    private static RejectedImageException rejected(
            RejectionReason reason, String stated, String what) {
        return new RejectedImageException(RejectionStage.FETCH, reason, shown(stated) + " " + what);
    }

    private static String shown(String stated) {
        return "claim check "
                + (stated.length() <= MOST_SHOWN
                        ? stated
                        : stated.substring(0, MOST_SHOWN) + "...");
    }

    @Override
    public String toString() {
        return shown(stated);
    }
}
