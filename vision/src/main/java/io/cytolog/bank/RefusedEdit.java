// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

/**
 * An edit that a bank does not take.
 *
 * @param position in the edits given
 * @param why in one line, with the remedy
 */
public record RefusedEdit(int position, SentenceEdit edit, String why) {}
