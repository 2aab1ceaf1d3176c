// Licensed under the Apache License, Version 2.0.
package io.cytolog.batch;

import io.cytolog.embed.ImageEncoder;

/**
 * Opens the encoder that the batcher runs; called on the batcher's thread, which owns the result.
 */
@FunctionalInterface
public interface EncoderSource {

    /** An encoder, warm and ready, that no other thread has touched. */
    ImageEncoder open() throws Exception;
}
