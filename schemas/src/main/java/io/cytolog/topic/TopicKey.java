// Licensed under the Apache License, Version 2.0.
package io.cytolog.topic;

/** What a topic's records are keyed by; every key is plain UTF-8 text. */
public enum TopicKey {
    /** Slide id: keeps one slide's records in order and spares a repartition. */
    SLIDE,
    /** Channel of releases, for example {@code default}. */
    CHANNEL,
    /** Sentence id in the bank. */
    SENTENCE
}
