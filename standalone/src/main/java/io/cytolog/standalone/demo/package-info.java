// Licensed under the Apache License, Version 2.0.
/**
 * The main job on one machine: starts everything, plays a feed, watches the topics as an outsider
 * would and keeps the account. Stands on the embedded servers, on {@code connectors} and on {@code
 * stream-app}.
 */
package io.cytolog.standalone.demo;
