// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run of the lanes does.
 *
 * @param release folder of the release that answers
 * @param cellsPerSecond what the slowed session answers
 * @param loads shares of that, one after the other
 * @param statShare of the cells that are STAT
 * @param each how long a load lasts
 */
public record LaneSettings(
        Path release, double cellsPerSecond, List<Double> loads, double statShare, Duration each) {

    public LaneSettings {
        loads = List.copyOf(loads);
    }
}
