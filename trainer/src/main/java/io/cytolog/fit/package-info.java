// Licensed under the Apache License, Version 2.0.
/** The loss and the loop that lowers it. Stands on io.cytolog.network. */
package io.cytolog.fit;
