// Licensed under the Apache License, Version 2.0.
/**
 * Reads decisions, announced releases and banked sentences, from their topics. Stands on {@code
 * io.cytolog.serving}, which acts on them.
 */
@NullMarked
package io.cytolog.decision;

import org.jspecify.annotations.NullMarked;
