// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.release.ReleaseId;
import io.cytolog.standalone.Pictures;
import io.cytolog.standalone.TinyRelease;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@code annotate}: its lines, its exit codes, one line for every mistake. */
class AnnotateCommandTest {

    @TempDir Path work;

    private Path images;
    private Path json;
    private Path release;
    private ReleaseId releaseId;

    @BeforeEach
    void layFolders() throws IOException {
        images = work.resolve("images");
        json = work.resolve("out.jsonl");
        release = work.resolve("release");
        releaseId = TinyRelease.write(release);
        Pictures.cell(images.resolve("b/violet.png"), new Color(190, 40, 200));
        Pictures.cell(images.resolve("a/dark.png"), new Color(20, 20, 30));
        Files.writeString(images.resolve("boxes.csv"), "no,image");
    }

    @Test
    void writesOneLineAnImageInPathOrder() throws IOException {
        // When
        Run run = Run.of("annotate", "--images", images, "--json", json, "--release", release);

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(lines())
                .extracting(line -> line.get("path").asText())
                .containsExactly("a/dark.png", "b/violet.png");
    }

    @Test
    void givesEveryCellItsFindingItsProbabilitiesAndItsSentences() throws IOException {
        // When
        Run.of("annotate", "--images", images, "--json", json, "--release", release);

        // Then
        JsonNode dark = lines().getFirst();
        assertThat(dark.get("kind").asText()).isEqualTo("cell");
        assertThat(dark.get("releaseId").asText()).isEqualTo(releaseId.value());
        assertThat(dark.get("resultId").asText()).matches("[0-9a-f]{64}");
        JsonNode cell = dark.get("cells").get(0);
        assertThat(cell.get("box")).hasToString("[0,0,120,120]");
        assertThat(cell.get("finding").asText()).isEqualTo("blast");
        assertThat(cell.get("abstained").asBoolean()).isFalse();
        assertThat(cell.get("reviewRequired").asBoolean()).isTrue();
        assertThat(cell.has("reason")).isFalse();
        assertThat(sum(cell.get("probabilities"))).isBetween(0.999, 1.001);
        assertThat(cell.at("/sentences/0/id").asText()).isEqualTo("s-dark");
    }

    @Test
    void rejectsBadFilesAndAnnotatesTheRest() throws IOException {
        // Given
        Pictures.hostile(images);

        // When
        Run run = Run.of("annotate", "--images", images, "--json", json, "--release", release);

        // Then
        assertThat(run.exitCode()).isZero();
        Map<String, String> reasons = new TreeMap<>();
        for (JsonNode line : lines()) {
            if (line.has("rejected")) {
                reasons.put(line.get("path").asText(), line.at("/rejected/reason").asText());
            }
        }
        assertThat(reasons)
                .containsEntry("hostile-bomb.png", "TOO_MANY_PIXELS")
                .containsEntry("hostile-cut.png", "TRUNCATED")
                .containsEntry("hostile-empty.png", "EMPTY")
                .containsEntry("hostile-text.jpg", "NOT_AN_IMAGE")
                .hasSize(4);
        assertThat(lines()).hasSize(6);
    }

    @Test
    void takesOneFileAsWellAsAFolder() throws IOException {
        // When
        Run.of(
                "annotate",
                "--images",
                images.resolve("a/dark.png"),
                "--json",
                json,
                "--release",
                release);

        // Then
        assertThat(lines())
                .extracting(line -> line.get("path").asText())
                .containsExactly("dark.png");
    }

    @Test
    void givesTheSameBytesWhateverTheNumberOfThreads() throws IOException {
        // Given
        for (int i = 0; i < 40; i++) {
            Pictures.cell(images.resolve("many/%02d.png".formatted(i)), new Color(5 * i, 90, 160));
        }
        Run.of(
                "annotate",
                "--images",
                images,
                "--json",
                json,
                "--release",
                release,
                "--threads",
                1);
        byte[] one = Files.readAllBytes(json);

        // When
        Run.of(
                "annotate",
                "--images",
                images,
                "--json",
                json,
                "--release",
                release,
                "--threads",
                4);

        // Then
        assertThat(Files.readAllBytes(json)).isEqualTo(one);
    }

    @Test
    void namesEveryMistakeInOneLine() {
        // When
        Run run =
                Run.of(
                        "annotate",
                        "--images",
                        "no-such-folder",
                        "--json",
                        work,
                        "--release",
                        "no-such-release",
                        "--threads",
                        0);

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).hasSize(1);
        assertThat(run.errors().getFirst())
                .contains("--images=no-such-folder", "--json=", "--threads=0", "no-such-release");
        assertThat(json).doesNotExist();
    }

    @Test
    void refusesAReleaseWhoseFileDiffersFromItsDigest() throws IOException {
        // Given
        Files.writeString(release.resolve("bank.json"), "{}");

        // When
        Run run = Run.of("annotate", "--images", images, "--json", json, "--release", release);

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).singleElement().asString().contains("bank.json", "digest");
    }

    @Test
    void refusesAnUnknownOptionInOneLine() {
        // When
        Run run = Run.of("annotate", "--no-such-option");

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).singleElement().asString().contains("--no-such-option", "--help");
    }

    @Test
    void leavesNothingBehindWhenTheFolderHoldsNoImage() throws IOException {
        // Given
        Path empty = Files.createDirectory(work.resolve("empty"));

        // When
        Run run = Run.of("annotate", "--images", empty, "--json", json, "--release", release);

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).singleElement().asString().contains("holds no image");
        assertThat(json).doesNotExist();
    }

    private List<JsonNode> lines() throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(json)) {
            lines.add(new JsonMapper().readTree(line));
        }
        return lines;
    }

    private static double sum(JsonNode numbers) {
        double sum = 0;
        for (JsonNode number : numbers) {
            sum += number.asDouble();
        }
        return sum;
    }
}
