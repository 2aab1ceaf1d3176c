// Licensed under the Apache License, Version 2.0.
/** The row of the bench that runs a Flink mini cluster; stands on the workload. */
@NullMarked
package io.cytolog.bench.flink;

import org.jspecify.annotations.NullMarked;
