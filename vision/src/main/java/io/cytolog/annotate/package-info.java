// Licensed under the Apache License, Version 2.0.
/**
 * One image from bytes to annotation, the same for the stream, the command line and the trainer's
 * checks. Stands on everything else in this module.
 */
@NullMarked
package io.cytolog.annotate;

import org.jspecify.annotations.NullMarked;
