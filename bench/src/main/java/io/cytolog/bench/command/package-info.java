// Licensed under the Apache License, Version 2.0.
/** The commands of ./cytolog bench; stands on everything here. */
@NullMarked
package io.cytolog.bench.command;

import org.jspecify.annotations.NullMarked;
