// Licensed under the Apache License, Version 2.0.
/**
 * The engine under seeded schedules: real batcher core, serving, intake, dispatch and drain; a
 * simulated Kafka around them. See docs/adr/0014-deterministic-simulation.md.
 */
@NullMarked
package io.cytolog.simulation;

import org.jspecify.annotations.NullMarked;
