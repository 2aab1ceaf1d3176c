// Licensed under the Apache License, Version 2.0.
/** The command line of the trainer and its one composition root. */
package io.cytolog.trainer;
