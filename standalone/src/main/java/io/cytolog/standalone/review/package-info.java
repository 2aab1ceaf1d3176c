// Licensed under the Apache License, Version 2.0.
/**
 * Cells that persons have reviewed, as labels to train on. Stands on {@code
 * io.cytolog.standalone.log}.
 */
@NullMarked
package io.cytolog.standalone.review;

import org.jspecify.annotations.NullMarked;
