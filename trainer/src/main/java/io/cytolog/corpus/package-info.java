// Licensed under the Apache License, Version 2.0.
/** Labelled cells, their pixels and the sentences said of them. Stands on io.cytolog.image. */
package io.cytolog.corpus;
