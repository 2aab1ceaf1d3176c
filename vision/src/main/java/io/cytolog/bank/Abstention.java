// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

/** Why a cell gets no finding. */
public enum Abstention {
    LOW_SIMILARITY("low-similarity"),
    LOW_MARGIN("low-margin"),
    LOW_PROBABILITY("low-probability"),
    FAR_FROM_TRAINING("far-from-training"),
    NOT_IDENTIFIABLE("not-identifiable");

    private final String code;

    Abstention(String code) {
        this.code = code;
    }

    /** The reason as it stands in results. */
    public String code() {
        return code;
    }
}
