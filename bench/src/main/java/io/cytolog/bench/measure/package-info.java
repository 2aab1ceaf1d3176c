// Licensed under the Apache License, Version 2.0.
/** Runs rows and reads off what they do; stands on feed, child and row. */
@NullMarked
package io.cytolog.bench.measure;

import org.jspecify.annotations.NullMarked;
