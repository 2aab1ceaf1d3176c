// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.bank.CellAnnotator;
import io.cytolog.release.Release;

/**
 * Opens what annotates cells under a release, checked against its golden vectors, on the thread
 * that calls.
 */
@FunctionalInterface
public interface AnnotatorOpener {

    CellAnnotator open(Release release, int maxBatch) throws Exception;
}
