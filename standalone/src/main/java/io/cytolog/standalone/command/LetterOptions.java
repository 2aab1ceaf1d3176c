// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.event.RejectionReason;
import io.cytolog.event.RejectionStage;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.letter.LetterFilter;
import io.cytolog.standalone.log.Position;
import io.cytolog.standalone.log.TimeRange;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which dead letters a command means. */
final class LetterOptions {

    @Mixin private RangeOptions range;

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Only these reasons, such as CONTENT_UNAVAILABLE; may be repeated.")
    private Set<RejectionReason> reasons = Set.of();

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Only these stages: read, fetch, gate, decode, locate; may be repeated.")
    private Set<RejectionStage> stages = Set.of();

    @Option(
            names = "--slide",
            paramLabel = "ID",
            description = "Only these slides; may be repeated.")
    private Set<String> slides = Set.of();

    TimeRange range() {
        return range.range();
    }

    LetterFilter filter(List<String> positions) {
        return new LetterFilter(
                reasons,
                stages,
                slides,
                positions.stream().map(LetterOptions::position).collect(Collectors.toSet()));
    }

    static Position position(String text) {
        try {
            return Position.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(e.getMessage(), e);
        }
    }
}
