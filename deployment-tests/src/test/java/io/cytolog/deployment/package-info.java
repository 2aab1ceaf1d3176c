// Licensed under the Apache License, Version 2.0.
/**
 * What can be told of a deployment without an engine to run it: that each file is what its program
 * accepts, that the files agree with one another, and that nothing is looser than it has to be.
 */
@NullMarked
package io.cytolog.deployment;

import org.jspecify.annotations.NullMarked;
