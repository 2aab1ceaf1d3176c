// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

/** Makes editions: reads, verifies, edits, opens, warms. Called by one thread at a time. */
@FunctionalInterface
public interface EditionLoader {

    /**
     * An edition that is ready to answer.
     *
     * @throws Exception when the plan cannot be carried out; its message is one line with the
     *     remedy
     */
    ServedRelease load(EditionPlan plan) throws Exception;
}
