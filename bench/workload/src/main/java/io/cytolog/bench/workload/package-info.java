// Licensed under the Apache License, Version 2.0.
/**
 * What every row of the bench shares, so that rows differ in nothing but how they move images:
 * settings, the work on a batch of images, the word with the parent process. Stands on the vision
 * core and the contracts; knows no Kafka client beyond a serializer.
 */
@NullMarked
package io.cytolog.bench.workload;

import org.jspecify.annotations.NullMarked;
