// Licensed under the Apache License, Version 2.0.
/**
 * Ports between pixels or words and the space where both are compared. Stands on io.cytolog.cell.
 */
@NullMarked
package io.cytolog.embed;

import org.jspecify.annotations.NullMarked;
