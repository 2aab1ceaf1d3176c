// Licensed under the Apache License, Version 2.0.
/**
 * Synthetic cells among real ones, as many as recall asks for. Stands on io.cytolog.synthesis,
 * io.cytolog.evaluate and io.cytolog.balance.
 */
package io.cytolog.mix;
