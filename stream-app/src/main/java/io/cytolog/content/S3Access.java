// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach an object store.
 *
 * @param endpoint of a store other than AWS's own
 * @param region that requests are signed for
 * @param pathStyle whether the bucket stands in the path rather than in the host's name
 * @param keys to sign with; without, the SDK's default chain finds some
 * @param connectTimeout longest that a connection takes to stand
 * @param readTimeout longest silence of the store
 * @param timeout longest that an object takes, all attempts and pauses together
 * @param attempts most attempts at one object
 */
public record S3Access(
        Optional<URI> endpoint,
        String region,
        boolean pathStyle,
        Optional<Keys> keys,
        Duration connectTimeout,
        Duration readTimeout,
        Duration timeout,
        int attempts) {

    /** A pair of keys; its text does not show the secret one. */
    public record Keys(String access, String secret) {

        @Override
        public String toString() {
            return "Keys[" + access + "]";
        }
    }
}
