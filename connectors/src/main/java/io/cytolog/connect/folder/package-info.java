// Licensed under the Apache License, Version 2.0.
/**
 * Images in: watches a folder tree and publishes each settled image once. {@code FolderSourceTask}
 * is the only class that knows Connect's life cycle; what it asks (path rule, scan, settling,
 * ledger, reader) is plain and takes its clock from outside.
 */
@NullMarked
package io.cytolog.connect.folder;

import org.jspecify.annotations.NullMarked;
