// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.embed.ImageEncoder;
import io.cytolog.release.Release;

/** Opens a release's encoder, checked against its golden vectors, on the thread that calls. */
@FunctionalInterface
public interface EncoderOpener {

    ImageEncoder open(Release release, int maxBatch) throws Exception;
}
