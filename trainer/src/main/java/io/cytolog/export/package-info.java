// Licensed under the Apache License, Version 2.0.
/** From weights to a release. Stands on io.cytolog.evaluate. */
package io.cytolog.export;
