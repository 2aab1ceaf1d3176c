// Licensed under the Apache License, Version 2.0.
package io.cytolog.balance;

/** Which cells an epoch shows; follows from the epoch's number, whoever asks and whenever. */
public interface EpochOrder {

    /** Numbers of the cells of an epoch, {@link #size()} of them. */
    int[] epoch(int number);

    /** Cells that an epoch shows. */
    int size();
}
