// Licensed under the Apache License, Version 2.0.
/** Dead letters: found, shown, published again. Stands on {@code io.cytolog.standalone.log}. */
@NullMarked
package io.cytolog.standalone.letter;

import org.jspecify.annotations.NullMarked;
