// Licensed under the Apache License, Version 2.0.
/**
 * Which release answers: loaded, checked, warm. Stands on {@code io.cytolog.batch}; {@code
 * io.cytolog.topology} asks it.
 */
@NullMarked
package io.cytolog.serving;

import org.jspecify.annotations.NullMarked;
