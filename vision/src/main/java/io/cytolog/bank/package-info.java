// Licensed under the Apache License, Version 2.0.
/**
 * The sentence bank: sentences, matching, calibration, abstention. Stands on io.cytolog.embed;
 * knows no runtime.
 */
@NullMarked
package io.cytolog.bank;

import org.jspecify.annotations.NullMarked;
