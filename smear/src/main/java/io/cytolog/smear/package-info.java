// Licensed under the Apache License, Version 2.0.
/**
 * Draws synthetic May-Gruenwald-Giemsa smears with known boxes, in plain Java, so that a feed can
 * ship with the project and location can be tested against ground truth. Needs no neighbour and no
 * dependency. Nothing here may support a statement on accuracy.
 */
package io.cytolog.smear;
