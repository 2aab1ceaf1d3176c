// Licensed under the Apache License, Version 2.0.
/**
 * Results out: one JSON and one HL7 file a slide, replaced whole whenever a newer summary comes.
 * {@code SlideFileSinkTask} is the only class that knows Connect's life cycle.
 */
@NullMarked
package io.cytolog.connect.result;

import org.jspecify.annotations.NullMarked;
