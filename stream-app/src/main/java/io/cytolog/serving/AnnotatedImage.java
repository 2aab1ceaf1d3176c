// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedImage;
import java.time.Instant;

/**
 * An image with what the release says of it.
 *
 * @param image with the pixels that the encoder saw
 * @param inferredAt when its last session run ended
 */
public record AnnotatedImage(PreparedImage image, ImageAnnotation annotation, Instant inferredAt) {}
