// Licensed under the Apache License, Version 2.0.
/**
 * The embedded default: a broker, a registry and a Connect worker, each real and each in this JVM,
 * so that the whole path runs with one command. Stands on {@code stream-app} and {@code
 * connectors}; {@code command} stands on it.
 */
package io.cytolog.standalone;
