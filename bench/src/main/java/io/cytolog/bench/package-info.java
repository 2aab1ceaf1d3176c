// Licensed under the Apache License, Version 2.0.
/** JMH benchmarks of the core's hot steps, run by {@code ./cytolog bench micro}. */
@NullMarked
package io.cytolog.bench;

import org.jspecify.annotations.NullMarked;
