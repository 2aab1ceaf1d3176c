// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

/** What dispatch sends on: a tick for each image that enters, an outcome for each that leaves. */
sealed interface Emission permits Tick, Outcome {}
