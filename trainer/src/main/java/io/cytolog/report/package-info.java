// Licensed under the Apache License, Version 2.0.
/** An evaluation as a page, plots, contact sheets and JSON. Stands on io.cytolog.evaluate. */
package io.cytolog.report;
