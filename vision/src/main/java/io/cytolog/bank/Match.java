// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

/**
 * A sentence that fits a cell.
 *
 * @param similarity cosine of the cell's and the sentence's embedding, -1 to 1
 */
public record Match(Sentence sentence, double similarity) {}
