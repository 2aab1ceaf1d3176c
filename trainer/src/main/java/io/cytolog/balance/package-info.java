// Licensed under the Apache License, Version 2.0.
/**
 * What is done about findings with few cells: draws, weights, focus. Stands on io.cytolog.corpus.
 */
package io.cytolog.balance;
