// Licensed under the Apache License, Version 2.0.
/** Claim checks against a real S3 server, and what stands between it and us failing on purpose. */
@NullMarked
package io.cytolog.content;

import org.jspecify.annotations.NullMarked;
