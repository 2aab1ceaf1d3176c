// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

/**
 * A change of one sentence of a bank, as somebody asked for it: valid or not is for {@link
 * BankEdits} to say.
 *
 * @param text empty when retired
 * @param finding id of the finding that the sentence is to point to; empty for one that describes
 * @param retired whether the sentence is taken out
 */
public record SentenceEdit(String sentenceId, String text, String finding, boolean retired) {

    /** A sentence added, or changed where there is one of that id. */
    public static SentenceEdit active(String sentenceId, String text, String finding) {
        return new SentenceEdit(sentenceId, text, finding, false);
    }

    public static SentenceEdit retired(String sentenceId) {
        return new SentenceEdit(sentenceId, "", "", true);
    }
}
