// Licensed under the Apache License, Version 2.0.
/** Results on disk, as tables and as charts; knows nothing of how they were measured. */
@NullMarked
package io.cytolog.bench.report;

import org.jspecify.annotations.NullMarked;
