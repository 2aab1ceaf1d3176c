// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.embed.TextEncoder;
import io.cytolog.release.Release;

/** Opens what turns sentences into the space of a release, on the thread that calls. */
@FunctionalInterface
public interface TextEncoderOpener {

    TextEncoder open(Release release) throws Exception;
}
