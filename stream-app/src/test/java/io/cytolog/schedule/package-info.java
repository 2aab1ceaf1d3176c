// Licensed under the Apache License, Version 2.0.
/**
 * The kernel of the simulation: a seed's choices, a clock moved by hand, actions. Knows nothing of
 * what is simulated.
 */
@NullMarked
package io.cytolog.schedule;

import org.jspecify.annotations.NullMarked;
