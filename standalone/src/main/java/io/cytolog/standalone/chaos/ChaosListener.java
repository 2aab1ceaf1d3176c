// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

/** Is told how a run goes; called by the run's own thread. */
public interface ChaosListener {

    /** Something was done or seen, in one line. */
    void event(String line);

    /** How far the run is. */
    void progress(int published, int outcomes, int faultsDone, int faults);
}
