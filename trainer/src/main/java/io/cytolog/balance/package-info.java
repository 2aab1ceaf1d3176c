// Licensed under the Apache License, Version 2.0.
/** Class-balanced sampling of training cells. Stands on io.cytolog.corpus. */
package io.cytolog.balance;
