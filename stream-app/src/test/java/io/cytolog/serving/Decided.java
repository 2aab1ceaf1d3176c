// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.bank.SentenceEdit;
import io.cytolog.release.ReleaseId;
import io.cytolog.serving.ReleaseOrigin.Announced;
import java.time.Instant;

/** Decisions for tests, at seconds after noon. */
final class Decided {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Decided() {}

    static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    static ReleaseId id(char digit) {
        return new ReleaseId(String.valueOf(digit).repeat(64));
    }

    static Announced origin(char release) {
        return new Announced(id(release), "file:///releases/" + release);
    }

    static ReleaseDecision serve(char release, long seconds, long position) {
        return decision(release, ReleaseRole.SERVE, 1, seconds, position);
    }

    static ReleaseDecision shadow(char release, double share, long seconds, long position) {
        return decision(release, ReleaseRole.SHADOW, share, seconds, position);
    }

    static ReleaseDecision retire(char release, long seconds, long position) {
        return decision(release, ReleaseRole.RETIRE, 1, seconds, position);
    }

    static SentenceDecision edit(SentenceEdit edit, long seconds, long position) {
        return new SentenceDecision(edit, at(seconds), position);
    }

    private static ReleaseDecision decision(
            char release, ReleaseRole role, double share, long seconds, long position) {
        return new ReleaseDecision(
                id(release), origin(release).location(), role, share, at(seconds), position);
    }
}
