// Licensed under the Apache License, Version 2.0.
/** A running cluster as the commands reach it: broker, registry, topics, decisions. */
@NullMarked
package io.cytolog.standalone.cluster;

import org.jspecify.annotations.NullMarked;
