// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

/** Is told of every reading of the lag, by the thread of a {@link LagWatch}. */
public interface LagListener {

    void lagRead(Lag lag);

    /** The broker no longer answers: the last reading is no longer true. */
    void lagUnknown();
}
