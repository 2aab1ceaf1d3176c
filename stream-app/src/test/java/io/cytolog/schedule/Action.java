// Licensed under the Apache License, Version 2.0.
package io.cytolog.schedule;

/**
 * Something that may happen next.
 *
 * @param owner who does it; apart from the verb, since names are joined only when told
 * @param weight how often it is chosen, against the other enabled ones
 */
public record Action(Object owner, String verb, int weight, Runnable body) {

    @Override
    public String toString() {
        return owner + " " + verb;
    }
}
