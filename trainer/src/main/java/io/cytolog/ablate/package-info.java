// Licensed under the Apache License, Version 2.0.
/** Trainings that differ in one thing, side by side. Stands on io.cytolog.evaluate. */
package io.cytolog.ablate;
