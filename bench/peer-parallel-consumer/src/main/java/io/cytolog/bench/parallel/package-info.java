// Licensed under the Apache License, Version 2.0.
/** The row of the bench that runs Confluent's parallel consumer; stands on the workload. */
@NullMarked
package io.cytolog.bench.parallel;

import org.jspecify.annotations.NullMarked;
