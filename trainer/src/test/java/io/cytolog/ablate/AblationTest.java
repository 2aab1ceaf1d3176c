// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans, outcomes that outlive a crash, and the table. */
class AblationTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void shippedPlanReads() throws Exception {
        AblationPlan plan = AblationPlan.read(Path.of("plans/ablation-core.json"));
        assertThat(plan.rows()).hasSizeGreaterThan(5);
        assertThat(plan.rows().getLast().leaky()).isTrue();
        assertThat(plan.seedsOf(plan.rows().getFirst())).hasSize(3);
    }

    @Test
    void plansAcrossCollectionsRead() throws Exception {
        AblationPlan plan = AblationPlan.read(Path.of("plans/across-pbc.json"));
        assertThat(plan.across()).isEqualTo(new AblationPlan.Across("pbc", "bm_mll"));
        assertThat(plan.rows()).anyMatch(AblationRow::whiteBalance);
        assertThat(AblationPlan.read(Path.of("plans/across-bm_mll.json")).rows())
                .isEqualTo(plan.rows());
    }

    @Test
    void acrossCollectionsNothingLeaks() {
        List<AblationRow> rows = List.of(row("start", false), row("leaky", true));
        AblationPlan.Across across = new AblationPlan.Across("a", "b");
        assertThatThrownBy(() -> new AblationPlan(true, 1, 64, across, List.of(1L), rows))
                .hasMessageContaining("a leaky row mixes the collections");
    }

    @Test
    void namesWhatAPlanHasWrong() throws Exception {
        Path file = folder.resolve("plan.json");
        Files.writeString(
                file,
                "{\"epochs\":1,\"side\":64,\"seeds\":[1],\"rows\":[{\"name\":\"a\",\"balanse\":\"x\"}]}");
        assertThatThrownBy(() -> AblationPlan.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("balanse");
        Files.writeString(
                file,
                "{\"epochs\":1,\"side\":64,\"seeds\":[1],\"rows\":[{\"name\":\"a\",\"optimiser\":\"x\"}]}");
        assertThatThrownBy(() -> AblationPlan.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(
                        ", line 1, rows[0]: optimiser 'x' is unknown; give one of adamw, muon");
    }

    @Test
    void outcomesOutliveALineCutOff() throws Exception {
        // Given
        Path path = folder.resolve("outcomes.jsonl");
        OutcomeFile file = new OutcomeFile(path);
        file.append(outcome("a", 1, List.of(0, 1)));
        Files.writeString(path, "{\"plan\":\"cut", StandardOpenOption.APPEND);

        // When
        file.append(outcome("a", 2, List.of(0, 0)));

        // Then
        assertThat(file.read()).extracting(Outcome::seed).containsExactly(1L, 2L);
        assertThat(file.find("a", 2)).isPresent();
        assertThat(file.find("b", 2)).isEmpty();
    }

    @Test
    void aRunIsInOneProcessHandsAtATime() throws Exception {
        // Given
        Path running = folder.resolve("running/one");
        try (RunFolder first = RunFolder.take(running).orElseThrow()) {
            Files.writeString(first.path().resolve("checkpoint.bin"), "x");

            // Then
            assertThat(RunFolder.take(running)).isEmpty();
            first.done();
        }
        try (RunFolder again = RunFolder.take(running).orElseThrow()) {
            assertThat(again.path().resolve("checkpoint.bin")).doesNotExist();
        }
    }

    @Test
    void tableComparesWithTheFirstRow() {
        // Given: the first row is right on both cells, the second on one
        AblationPlan plan =
                new AblationPlan(
                        true,
                        1,
                        64,
                        AblationPlan.Across.NONE,
                        List.of(1L),
                        List.of(row("start", false), row("other", false)));

        // When
        String text =
                new AblationTable(
                                plan,
                                List.of(
                                        List.of(outcome("a", 1, List.of(0, 1))),
                                        List.of(outcome("b", 1, List.of(0, 0)))))
                        .text();

        // Then: macro-F1 1 against (2/3 + 0) / 2
        assertThat(text).contains("| start | 1 | 1.000").contains("| other | 1 | 0.333");
        assertThat(text).contains("-0.667");
    }

    @Test
    void eachSeedOfALeakyRowHasItsOwnRarestFindings() {
        // Given: six findings of one cell, the first taken for the second; each seed splits anew,
        // so the common finding that is not among the five rarest is another
        AblationPlan plan =
                new AblationPlan(
                        true,
                        1,
                        64,
                        AblationPlan.Across.NONE,
                        List.of(1L, 2L),
                        List.of(row("start", false), row("leaky", true)));
        List<Outcome> seeds =
                List.of(
                        sixFindings(1, List.of(9, 1, 1, 1, 1, 1)),
                        sixFindings(2, List.of(1, 1, 1, 1, 1, 9)));

        // When
        String text = new AblationTable(plan, List.of(List.of(), seeds)).text();

        // Then: mean of (2/3 + 4) / 5 and (0 + 2/3 + 3) / 5
        assertThat(text).contains("| leaky | 2 | 0.778 | 0.778 to 0.778 | 0.833 |");
    }

    private static Outcome sixFindings(long seed, List<Integer> trainingCells) {
        return new Outcome(
                "leaky",
                "leaky",
                seed,
                List.of("a", "b", "c", "d", "e", "f"),
                List.of("1", "2", "3", "4", "5", "6"),
                List.of("g1", "g2", "g3", "g4", "g5", "g6"),
                List.of(0, 1, 2, 3, 4, 5),
                List.of(1, 1, 2, 3, 4, 5),
                trainingCells,
                1);
    }

    private static AblationRow row(String name, boolean leaky) {
        return AblationRow.of(
                name, null, null, null, null, false, false, false, null, false, null, null, leaky,
                null);
    }

    private static Outcome outcome(String plan, long seed, List<Integer> given) {
        return new Outcome(
                plan,
                plan,
                seed,
                List.of("x", "y"),
                List.of("1", "2"),
                List.of("g1", "g2"),
                List.of(0, 1),
                given,
                List.of(5, 5),
                1);
    }
}
