// Licensed under the Apache License, Version 2.0.
/** Releases derived from the shipped one: other sides, larger banks. */
@NullMarked
package io.cytolog.bench.release;

import org.jspecify.annotations.NullMarked;
