// Licensed under the Apache License, Version 2.0.
package io.cytolog.annotate;

import io.cytolog.bank.CellAnnotation;
import io.cytolog.cell.LocatedCell;

/** A located cell with what the bank says of it; measured in pixels of the source image. */
public record CellResult(LocatedCell cell, CellAnnotation annotation) {}
