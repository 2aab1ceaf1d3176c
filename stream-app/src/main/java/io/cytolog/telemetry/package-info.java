// Licensed under the Apache License, Version 2.0.
/**
 * Measures the stream: meters in Prometheus' words, fed through the listeners of {@code batch} and
 * {@code topology}, and the lag as the broker sees it. {@code console} stands on it.
 */
@NullMarked
package io.cytolog.telemetry;

import org.jspecify.annotations.NullMarked;
