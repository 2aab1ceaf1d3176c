// Licensed under the Apache License, Version 2.0.
/**
 * Encoders that run on ONNX Runtime; the only package that names it. Stands on io.cytolog.release.
 */
@NullMarked
package io.cytolog.onnx;

import org.jspecify.annotations.NullMarked;
