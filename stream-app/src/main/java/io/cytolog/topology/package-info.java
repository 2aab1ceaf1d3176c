// Licensed under the Apache License, Version 2.0.
/**
 * The shape of the stream: images in, results and dead letters out, slides summarised; the commit
 * barrier that makes work in memory safe. Stands on {@code io.cytolog.serving}; tells of its work
 * through {@link io.cytolog.topology.FlowListener}.
 */
@NullMarked
package io.cytolog.topology;

import org.jspecify.annotations.NullMarked;
