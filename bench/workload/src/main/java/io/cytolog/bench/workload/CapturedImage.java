// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.workload;

import io.cytolog.event.ImageCaptured;
import io.cytolog.topology.RecordPosition;

/** An image as a row reads it: the record's value and where it stood. */
public record CapturedImage(ImageCaptured value, RecordPosition source) {}
