// Licensed under the Apache License, Version 2.0.
/**
 * Long runs under load that state a bound before they start and measure it: the real programs in
 * processes of their own, on loopback. Stands beside {@code demo} and {@code offline}.
 */
@NullMarked
package io.cytolog.standalone.soak;

import org.jspecify.annotations.NullMarked;
