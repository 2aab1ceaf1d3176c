// Licensed under the Apache License, Version 2.0.
/**
 * Synthetic cells: a generator, what it is worth, and marks that keep it out of figures. Stands on
 * io.cytolog.fit.
 */
package io.cytolog.synthesis;
