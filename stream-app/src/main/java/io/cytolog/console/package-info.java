// Licensed under the Apache License, Version 2.0.
/**
 * The page, its live feed and the doors for probes and Prometheus. Shows committed results only: it
 * reads them back from their topics. Stands on {@code telemetry} and {@code topology}'s listener.
 */
@NullMarked
package io.cytolog.console;

import org.jspecify.annotations.NullMarked;
