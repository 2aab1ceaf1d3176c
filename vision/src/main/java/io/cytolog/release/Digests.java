// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import io.cytolog.image.ImageBytes;

/** SHA-256 as lower-case hexadecimal digits. */
final class Digests {

    private Digests() {}

    static String sha256(byte[] bytes) {
        return ImageBytes.wrap(bytes).sha256();
    }
}
