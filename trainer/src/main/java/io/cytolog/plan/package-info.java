// Licensed under the Apache License, Version 2.0.
/** How plans are read from files. */
package io.cytolog.plan;
