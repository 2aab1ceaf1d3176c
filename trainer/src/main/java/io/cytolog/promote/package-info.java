// Licensed under the Apache License, Version 2.0.
/**
 * Whether a new release may take its place beside the one that serves. Stands on
 * io.cytolog.evaluate.
 */
package io.cytolog.promote;
