// Licensed under the Apache License, Version 2.0.
/**
 * Reads what topics hold, by time and by position. Stands on {@code io.cytolog.standalone.cluster}.
 */
@NullMarked
package io.cytolog.standalone.log;

import org.jspecify.annotations.NullMarked;
