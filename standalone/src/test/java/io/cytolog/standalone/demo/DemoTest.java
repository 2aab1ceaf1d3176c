// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.cell.ImageKind;
import io.cytolog.smear.CellKind;
import io.cytolog.smear.SmearRenderer;
import io.cytolog.smear.SmearSpec;
import io.cytolog.standalone.ImageFolder;
import io.cytolog.standalone.Pictures;
import io.cytolog.standalone.TinyRelease;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job from folder to files: real broker, registry, Connect and stream, a rendered feed.
 */
class DemoTest {

    @TempDir Path work;

    @Test
    void everyImageOfAFeedGetsItsOneOutcome() throws Exception {
        // Given
        Path feed = work.resolve("feed");
        layFeed(feed);
        Pictures.hostile(feed.resolve("A-1/S-1/SLIDE-2"));
        var settings =
                new DemoSettings(
                        ImageFolder.list("--images", feed),
                        ImageKind.AUTO,
                        tinyRelease(),
                        work.resolve("out"),
                        0,
                        true,
                        Duration.ofSeconds(60));
        var out = new ByteArrayOutputStream();
        var demo = new Demo(settings, Clock.systemUTC(), printTo(out), System.err, Style.PLAIN);

        // When
        Demo.Ending ending = demo.play();

        // Then
        assertThat(ending.shortfall()).isEmpty();
        JsonNode summary = new JsonMapper().readTree(work.resolve("out/summary.json").toFile());
        assertThat(summary.get("captured").asInt()).isEqualTo(10);
        assertThat(summary.get("annotated").asInt()).isEqualTo(6);
        assertThat(summary.get("rejected").asInt()).isEqualTo(4);
        assertThat(summary.get("cells").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(summary.get("p99Ms").asLong())
                .isGreaterThanOrEqualTo(summary.get("p50Ms").asLong());
        assertThat(summary.get("imagesPerSecond").asDouble()).isPositive();
        JsonNode slide = new JsonMapper().readTree(work.resolve("out/json/SLIDE-1.json").toFile());
        assertThat(slide.get("images").asInt()).isEqualTo(4);
        assertThat(Files.readString(work.resolve("out/hl7/SLIDE-2.hl7"))).startsWith("MSH|");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "The colour of a",
                        "rejected: TOO_MANY_PIXELS",
                        "10 captured = 6 annotated");
    }

    private static void layFeed(Path feed) throws Exception {
        for (int i = 0; i < 3; i++) {
            Path cell = feed.resolve("A-1/S-1/SLIDE-1/cell-%d.jpg".formatted(i));
            Files.createDirectories(cell.getParent());
            var drawn = new SmearRenderer(26).renderCell(CellKind.MONOCYTE, i);
            ImageIO.write(drawn.image(), "jpg", cell.toFile());
        }
        for (int slide = 1; slide <= 2; slide++) {
            Path field = feed.resolve("A-1/S-1/SLIDE-%d/field.png".formatted(slide));
            Files.createDirectories(field.getParent());
            var spec = SmearSpec.small(slide, CellKind.MONOCYTE, CellKind.LYMPHOCYTE);
            ImageIO.write(new SmearRenderer(26).render(spec).image(), "png", field.toFile());
        }
        // More than travels inside a record: goes by claim check.
        Path large = feed.resolve("A-1/S-1/SLIDE-2/large.png");
        ImageIO.write(Pictures.noise(900, 700), "png", large.toFile());
        assertThat(Files.size(large)).isGreaterThan(1 << 20);
    }

    private Path tinyRelease() throws Exception {
        TinyRelease.write(work.resolve("release"));
        return work.resolve("release");
    }

    private static PrintStream printTo(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
