// Licensed under the Apache License, Version 2.0.
/** Figures on real validation cells. Stands on io.cytolog.fit. */
package io.cytolog.evaluate;
