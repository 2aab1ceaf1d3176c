// Licensed under the Apache License, Version 2.0.
package io.cytolog.embed;

import java.util.List;

/** Turns sentences into embeddings. Owned by one thread, which also closes it. */
public interface TextEncoder extends AutoCloseable {

    /** One embedding a sentence, in order. */
    List<Embedding> encode(List<String> sentences);

    @Override
    void close();
}
