// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

/** What turns gradients into updates. */
public enum Optimiser {
    /** AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101) for every weight. */
    ADAMW,
    /** Muon (Jordan et al. 2024) for the matrices between hidden features, AdamW for the rest. */
    MUON
}
