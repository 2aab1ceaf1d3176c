// Licensed under the Apache License, Version 2.0.
/**
 * Pictures whose outlines are known, and how far a measurement head is from them. Stands on
 * io.cytolog.fit.
 */
package io.cytolog.outline;
