// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cytolog.bank.Calibration;
import io.cytolog.bank.SmallBank;
import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.image.StainTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseRoundTripTest {

    @TempDir private Path temp;

    private Path written() throws IOException {
        Path folder = temp.resolve("release");
        ReleaseWriter.write(folder, TestReleases.content());
        return folder;
    }

    private static String fault(Path folder) {
        return catchThrowableOfType(InvalidReleaseException.class, () -> ReleaseReader.read(folder))
                .getMessage();
    }

    /** Changes the manifest's text; the files and their digests stay. */
    private static void edit(Path folder, UnaryOperator<String> change) throws IOException {
        Path manifest = folder.resolve(ReleaseFiles.MANIFEST);
        Files.writeString(manifest, change.apply(Files.readString(manifest)));
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        // Given
        ReleaseContent content = TestReleases.content();
        ReleaseId id = ReleaseWriter.write(temp, content);

        // When
        Release release = ReleaseReader.read(temp);

        // Then
        assertThat(release.id()).isEqualTo(id);
        assertThat(release.manifest().recipe()).isEqualTo(content.recipe());
        assertThat(release.manifest().training()).containsEntry("seed", "1");
        assertThat(release.bank().sentences()).isEqualTo(content.bank().sentences());
        assertThat(release.bank().findings()).isEqualTo(content.bank().findings());
        assertThat(Files.readAllBytes(release.imageEncoder())).containsExactly(1, 2, 3);
        Embedding cell = SmallBank.direction(0.8, 0.6, 0, 0);
        assertThat(release.matcher().annotate(cell).probabilities())
                .isEqualTo(SmallBank.matcher().annotate(cell).probabilities());
    }

    @Test
    void givesTheSameContentTheSameIdAndBytes() throws IOException {
        // When
        ReleaseId one = ReleaseWriter.write(temp.resolve("one"), TestReleases.content());
        ReleaseId two = ReleaseWriter.write(temp.resolve("two"), TestReleases.content());

        // Then
        assertThat(one).isEqualTo(two);
        try (var files = Files.list(temp.resolve("one"))) {
            for (Path file : files.toList()) {
                assertThat(temp.resolve("two").resolve(file.getFileName()))
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void namesEveryDamagedFileAtOnce() throws IOException {
        // Given
        Path folder = written();
        Files.write(folder.resolve(ReleaseFiles.IMAGE_ENCODER), new byte[] {1, 2, 4});
        Files.delete(folder.resolve(ReleaseFiles.BANK));
        Files.writeString(folder.resolve(ReleaseFiles.MODEL_CARD), "# Better\n");

        // Then
        assertThat(fault(folder))
                .contains(
                        "image-encoder.onnx differs from its digest",
                        "bank.json is missing",
                        "MODEL_CARD.md differs from its digest",
                        "fetch it again")
                .doesNotContain("calibration.json");
    }

    @Test
    void refusesAnotherFormat() throws IOException {
        Path folder = written();
        edit(folder, json -> json.replace("\"format\" : 1", "\"format\" : 2"));
        assertThat(fault(folder)).contains("has format 2, this version reads 1");
    }

    @Test
    void refusesAFolderThatIsNoRelease() {
        assertThat(fault(temp.resolve("nowhere"))).contains("does not exist");
        assertThat(fault(temp)).contains("manifest.json cannot be read");
    }

    @Test
    void refusesAManifestThatIsNoJsonOrHasUnknownKeys() throws IOException {
        Path folder = written();
        edit(folder, json -> json.replace("\"name\"", "\"nam\""));
        assertThat(fault(folder)).startsWith("manifest.json cannot be read").hasLineCount(1);
        edit(folder, json -> "nonsense");
        assertThat(fault(folder)).startsWith("manifest.json cannot be read").hasLineCount(1);
    }

    @Test
    void refusesFileNamesThatLeaveTheFolder() throws IOException {
        for (String name : List.of("../bank.json", "/", "..", "a/b", "a\\\\u0000b")) {
            Path folder = written();
            edit(folder, json -> json.replace("\"bank.json\"", "\"" + name + "\""));
            assertThat(fault(folder)).contains("is not a plain file name", "bank.json is not in");
        }
    }

    @Test
    void refusesAnEncoderThatNoDigestCovers() throws IOException {
        Path folder = written();
        edit(
                folder,
                json ->
                        json.replace(
                                "\"file\" : \"image-encoder.onnx\"", "\"file\" : \"../x.onnx\""));
        assertThat(fault(folder)).contains("'../x.onnx' has no digest");
    }

    @Test
    void refusesSizesThatContradictEachOther() throws IOException {
        Path folder = written();
        edit(
                folder,
                json ->
                        json.replaceFirst("\"inputSide\" : 32", "\"inputSide\" : 0")
                                .replace("\"dimensions\" : 4", "\"dimensions\" : 0"));
        assertThat(fault(folder)).contains("encoder.inputSide=0", "encoder.dimensions=0");

        Path other = temp.resolve("other");
        ReleaseWriter.write(other, TestReleases.content());
        edit(other, json -> json.replace("\"dimensions\" : 4", "\"dimensions\" : 5"));
        assertThat(fault(other)).contains("bank-embeddings.bin has 176 bytes");
    }

    @Test
    void keepsTheBytesOfManifestsFromBeforeASettingWasAdded() throws Exception {
        // Given
        byte[] shipped = Files.readAllBytes(Path.of("..", "release", ReleaseFiles.MANIFEST));

        // When
        Manifest read = ReleaseJson.read("manifest.json", shipped, Manifest.class);

        // Then
        assertThat(read.recipe().decodeReduction()).isEqualTo(1);
        assertThat(ReleaseJson.write(read)).isEqualTo(shipped);
    }

    @Test
    void keepsASettingThatChangesSomething() throws Exception {
        Recipe reduced = new Recipe(64, 256, 1.5, 2, 8, 4);
        byte[] json = ReleaseJson.write(reduced);
        assertThat(new String(json, UTF_8)).contains("\"decodeReduction\" : 4");
        assertThat(ReleaseJson.read("recipe", json, Recipe.class)).isEqualTo(reduced);
    }

    @Test
    void keepsContrastStainAndWhiteBalanceOfARecipe() throws Exception {
        // Given
        StainTarget stain = new StainTarget(List.of(170.0, 140.0, 115.0), List.of(40.0, 9.0, 8.0));
        Recipe recipe = new Recipe(64, 256, 1.5, 2, 8).adaptive().stained(stain).balancedTo(230);

        // When
        byte[] json = ReleaseJson.write(recipe);

        // Then
        assertThat(ReleaseJson.read("recipe", json, Recipe.class)).isEqualTo(recipe);
        assertThat(new String(ReleaseJson.write(new Recipe(64, 256, 1.5, 2, 8)), UTF_8))
                .doesNotContain("stain", "claheAdaptive", "whiteLevel");
    }

    @Test
    void leavesOffsetsOutOfACalibrationThatHasNone() throws Exception {
        // Given
        Calibration plain = SmallBank.CALIBRATION;
        Calibration lifted = new Calibration(10, 0, 0, 0, 1, 0.1, Map.of("blast", -0.25));

        // When
        byte[] none = ReleaseJson.write(plain);
        byte[] some = ReleaseJson.write(lifted);

        // Then
        assertThat(new String(none, UTF_8)).doesNotContain("findingOffsets");
        assertThat(ReleaseJson.read("calibration", none, Calibration.class)).isEqualTo(plain);
        assertThat(ReleaseJson.read("calibration", some, Calibration.class)).isEqualTo(lifted);
        assertThatThrownBy(
                        () ->
                                ReleaseJson.read(
                                        "calibration", "[]".getBytes(UTF_8), Calibration.class))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("is no object");
    }

    @Test
    void leavesOrientationsOutOfAnEncoderThatLooksUpright() throws Exception {
        // Given
        Manifest.Encoder upright = new Manifest.Encoder("encoder.onnx", 64, 4);
        Manifest.Encoder turning = new Manifest.Encoder("encoder.onnx", 64, 4, 8);

        // When
        byte[] one = ReleaseJson.write(upright);
        byte[] eight = ReleaseJson.write(turning);

        // Then
        assertThat(new String(one, UTF_8)).doesNotContain("orientations");
        assertThat(ReleaseJson.read("encoder", one, Manifest.Encoder.class)).isEqualTo(upright);
        assertThat(ReleaseJson.read("encoder", eight, Manifest.Encoder.class)).isEqualTo(turning);
    }

    @Test
    void refusesOrientationsOutOfBounds() throws Exception {
        edit(
                written(),
                json ->
                        json.replace(
                                "\"dimensions\" : 4", "\"dimensions\" : 4, \"orientations\" : 9"));
        assertThat(fault(temp.resolve("release"))).contains("encoder.orientations=9 is not 1 to 8");
    }

    @Test
    void refusesARecipeWithoutASetting() throws Exception {
        edit(written(), json -> json.replace("\"cropSide\"", "\"cropWidth\""));
        assertThat(fault(temp.resolve("release"))).contains("'cropSide'");
    }

    @Test
    void passesOrRefusesTheEncoderByItsGoldenVectors() throws Exception {
        // Given
        GoldenVectors golden = ReleaseReader.read(written()).golden();

        // Then
        assertThat(golden.check(always(SmallBank.direction(1, 0, 0, 0.0005)))).isLessThan(1e-3);
        assertThatThrownBy(() -> golden.check(always(SmallBank.direction(1, 0.01, 0, 0))))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("differs from its golden vectors");
        assertThatThrownBy(() -> golden.check(always(SmallBank.direction(1, 0))))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("2 dimensions");
    }

    @Test
    void refusesAReleaseIdThatIsNoDigest() {
        assertThatThrownBy(() -> new ReleaseId("ABC")).hasMessageContaining("'ABC'");
        assertThat(new ReleaseId("a".repeat(64)).brief()).isEqualTo("aaaaaaaaaaaa");
    }

    private static Function<List<CellPixels>, List<Embedding>> always(Embedding embedding) {
        return cells -> cells.stream().map(cell -> embedding).toList();
    }
}
