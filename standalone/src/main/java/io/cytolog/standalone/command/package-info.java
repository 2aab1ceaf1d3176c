// Licensed under the Apache License, Version 2.0.
/** The command line: options, one-line errors, exit codes. Nothing stands on it. */
package io.cytolog.standalone.command;
