// Licensed under the Apache License, Version 2.0.
/** Images of a stated size, and who publishes them: all at once or on a schedule. */
@NullMarked
package io.cytolog.bench.feed;

import org.jspecify.annotations.NullMarked;
