// Licensed under the Apache License, Version 2.0.
/** Programs in JVMs of their own, with what they cost. */
@NullMarked
package io.cytolog.bench.child;

import org.jspecify.annotations.NullMarked;
