// Licensed under the Apache License, Version 2.0.
/**
 * The one YAML file as a record tree: read, checked, all faults told at once. Only {@code
 * io.cytolog.app} imports it.
 */
@NullMarked
package io.cytolog.config;

import org.jspecify.annotations.NullMarked;
