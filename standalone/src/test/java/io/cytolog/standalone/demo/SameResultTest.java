// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.cell.ImageKind;
import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.SlideSummarised;
import io.cytolog.smear.CellKind;
import io.cytolog.smear.SmearRenderer;
import io.cytolog.smear.SmearSpec;
import io.cytolog.standalone.ImageFolder;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.TinyRelease;
import io.cytolog.standalone.offline.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream and {@code annotate} are two doors to one core: same image, same answer. */
class SameResultTest {

    private static final double ROUNDING = 1e-5;

    @TempDir Path work;

    @Test
    void streamAndAnnotateGiveTheSameResultIdAndFindings() throws Exception {
        // Given
        ImageFolder feed = feed();
        TinyRelease.write(work.resolve("release"));

        // When
        Map<String, ImageAnnotated> streamed = stream(feed);
        Map<String, JsonNode> annotated = annotate(feed);

        // Then
        assertThat(streamed.keySet()).isEqualTo(annotated.keySet()).hasSize(4);
        annotated.forEach((name, line) -> assertSame(streamed.get(name), line));
    }

    private static void assertSame(ImageAnnotated streamed, JsonNode line) {
        assertThat(streamed.getResultId()).isEqualTo(line.get("resultId").asText());
        assertThat(streamed.getReleaseId()).isEqualTo(line.get("releaseId").asText());
        assertThat(streamed.getCells()).hasSameSizeAs(line.get("cells"));
        for (int i = 0; i < streamed.getCells().size(); i++) {
            assertSame(streamed.getCells().get(i), line.get("cells").get(i));
        }
    }

    private static void assertSame(AnnotatedCell streamed, JsonNode cell) {
        var box = streamed.getBox();
        assertThat(cell.get("box"))
                .hasToString(
                        "[%d,%d,%d,%d]"
                                .formatted(
                                        box.getX(), box.getY(), box.getWidth(), box.getHeight()));
        assertThat(streamed.getFinding()).isEqualTo(cell.get("finding").asText());
        assertThat(streamed.getAbstained()).isEqualTo(cell.get("abstained").asBoolean());
        streamed.getProbabilities()
                .forEach(
                        (finding, probability) ->
                                assertThat(cell.get("probabilities").get(finding).asDouble())
                                        .isCloseTo(probability, within(ROUNDING)));
        assertThat(streamed.getSentences().getFirst().getSentenceId())
                .isEqualTo(cell.at("/sentences/0/id").asText());
    }

    private ImageFolder feed() throws Exception {
        Path folder = Files.createDirectories(work.resolve("feed/SLIDE-1"));
        var renderer = new SmearRenderer(7);
        for (int i = 0; i < 3; i++) {
            var cell = renderer.renderCell(CellKind.MONOCYTE, i);
            ImageIO.write(cell.image(), "jpg", folder.resolve("cell-%d.jpg".formatted(i)).toFile());
        }
        var spec = SmearSpec.small(1, CellKind.MONOCYTE, CellKind.LYMPHOCYTE);
        ImageIO.write(renderer.render(spec).image(), "png", folder.resolve("field.png").toFile());
        return ImageFolder.list("--images", work.resolve("feed"));
    }

    private Map<String, JsonNode> annotate(ImageFolder feed) throws Exception {
        Path json = work.resolve("lines.jsonl");
        var release = ReleaseFolder.read(work.resolve("release"));
        new Annotation(release, feed, ImageKind.AUTO, 2).run(json, _ -> {});
        var lines = new ConcurrentHashMap<String, JsonNode>();
        for (String line : Files.readAllLines(json)) {
            JsonNode read = new JsonMapper().readTree(line);
            lines.put(Path.of(read.get("path").asText()).getFileName().toString(), read);
        }
        return lines;
    }

    private Map<String, ImageAnnotated> stream(ImageFolder feed) throws Exception {
        var settings =
                new DemoSettings(
                        feed,
                        ImageKind.AUTO,
                        work.resolve("release"),
                        work.resolve("out"),
                        0,
                        true,
                        Duration.ofSeconds(60));
        var clock = Clock.systemUTC();
        var log = new StartLog(System.err, Style.PLAIN, clock, clock.instant());
        var results = new Results();
        try (var _ =
                DemoStack.start(
                                settings,
                                Files.createDirectories(work.resolve("stack")),
                                log,
                                List.of(results),
                                clock,
                                new CompletableFuture<>())
                        .orElseThrow()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> results.byName.size() == feed.files().size());
        }
        return results.byName;
    }

    /** Keeps annotated images by their file name; written by the reader's thread. */
    private static final class Results implements FeedListener {
        private final ConcurrentMap<String, ImageAnnotated> byName = new ConcurrentHashMap<>();

        @Override
        public void captured(ImageCaptured image, Instant arrived) {}

        @Override
        public void annotated(ImageAnnotated image, Instant seen) {
            byName.put(image.getSourceName(), image);
        }

        @Override
        public void rejected(ImageRejected image, Instant seen) {}

        @Override
        public void summarised(SlideSummarised slide, int partition, long offset) {}
    }
}
