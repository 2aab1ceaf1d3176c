// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

/**
 * A stream-app in a process of its own.
 *
 * @param name in logs and events
 */
record Instance(String name, ChildJvm jvm) {

    /** Before the number of images in flight, in what an instance tells of itself. */
    static final String IN_FLIGHT = "in-flight ";

    /** Images that it had taken and not answered when it last told, a moment ago. */
    int inFlight() {
        String said = jvm.said();
        return said.startsWith(IN_FLIGHT)
                ? Integer.parseInt(said.substring(IN_FLIGHT.length()))
                : 0;
    }
}
