// Licensed under the Apache License, Version 2.0.
/**
 * Breaks a running stream at random moments and counts what came of it: child processes, a seeded
 * schedule of faults, and an audit that shares no code with the stream. Stands on {@code
 * io.cytolog.standalone}; docs/CHAOS.md tells what it checks.
 */
@NullMarked
package io.cytolog.standalone.chaos;

import org.jspecify.annotations.NullMarked;
