// Licensed under the Apache License, Version 2.0.
/**
 * Makes results again and says which release made what. Stands on {@code
 * io.cytolog.standalone.log}.
 */
@NullMarked
package io.cytolog.standalone.remake;

import org.jspecify.annotations.NullMarked;
