// Licensed under the Apache License, Version 2.0.
/**
 * Puts the parts together: the one place that knows the configuration and starts things. Nothing
 * else in this module imports it; other programs embed {@link io.cytolog.app.Wiring}.
 */
@NullMarked
package io.cytolog.app;

import org.jspecify.annotations.NullMarked;
