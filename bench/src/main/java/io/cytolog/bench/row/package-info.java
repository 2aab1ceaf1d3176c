// Licensed under the Apache License, Version 2.0.
/** The rows that need no class path of their own, each a program; stands on the workload. */
@NullMarked
package io.cytolog.bench.row;

import org.jspecify.annotations.NullMarked;
