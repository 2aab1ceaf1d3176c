// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed folder: its shape, its truth and that it can be made again. */
class SampleFeedTest {
    @TempDir Path folder;

    @Test
    void writesThreeSlidesWithTheTruthBesideThem() throws IOException {
        // Given
        SampleFeed feed = new SampleFeed(folder, 1);
        // When
        int images = feed.write();
        // Then
        assertThat(images).isEqualTo(30);
        assertThat(images())
                .hasSize(30)
                .allSatisfy(path -> assertThat(path.getNameCount()).isEqualTo(4))
                .allSatisfy(
                        path -> assertThat(path.getFileName().toString()).startsWith("synthetic-"));
        List<String> truth = Files.readAllLines(folder.resolve(SampleFeed.TRUTH));
        assertThat(truth.getFirst()).isEqualTo("path,kind,x,y,width,height");
        assertThat(truth.stream().skip(1).map(row -> row.split(",")[0]).distinct()).hasSize(30);
        for (CellKind kind : CellKind.values()) {
            assertThat(truth).anyMatch(row -> row.contains("," + kind.id() + ","));
        }
    }

    @Test
    void writesTheSameFeedFromTheSameSeed() throws IOException {
        // Given
        Path again = Files.createDirectories(folder.resolve("again"));
        Path first = Files.createDirectories(folder.resolve("first"));
        // When
        new SampleFeed(first, 9).write();
        new SampleFeed(again, 9).write();
        // Then
        assertThat(again.resolve(SampleFeed.TRUTH))
                .hasSameTextualContentAs(first.resolve(SampleFeed.TRUTH));
        String one = "SYN-26-0001/A/SYN-26-0001-A-1/synthetic-field-001.jpg";
        assertThat(again.resolve(one)).hasSameBinaryContentAs(first.resolve(one));
        assertThat(ImageIO.read(again.resolve(one).toFile()).getWidth()).isEqualTo(640);
    }

    private List<Path> images() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".jpg"))
                    .map(folder::relativize)
                    .toList();
        }
    }
}
