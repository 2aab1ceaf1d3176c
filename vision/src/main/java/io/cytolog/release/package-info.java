// Licensed under the Apache License, Version 2.0.
/**
 * A model with its recipe, bank and thresholds as one immutable folder, named by the digest of its
 * manifest. Stands on io.cytolog.bank.
 */
@NullMarked
package io.cytolog.release;

import org.jspecify.annotations.NullMarked;
