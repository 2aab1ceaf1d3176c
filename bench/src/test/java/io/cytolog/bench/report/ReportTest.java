// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Made-up results: what is said of them is what they are, and what is drawn is well formed. */
class ReportTest {

    private static final Circumstances HERE = at("c0ffee0000");

    private static final List<Measured> RESULTS =
            List.of(
                    measured("limit", 64, 100, 10, 0, List.of()),
                    measured("cytolog", 64, 90, 10.5, 0, loads(200, true)),
                    measured("flink", 64, 80, 15, 3, loads(900, true)),
                    measured("limit", 128, 40, 25, 0, List.of()),
                    measured("cytolog", 128, 30, 40, 0, loads(200, false)));

    @Test
    void saysWhetherTheGoalIsMetFromImagesForACpuSecond() {
        // When
        String report = MatrixReport.of(HERE, RESULTS);

        // Then
        assertThat(report).contains("**0.95** (met)", "**0.63** (missed)");
    }

    @Test
    void marksARowWhoseImagesAreMissing() {
        assertThat(MatrixReport.of(HERE, RESULTS))
                .contains("| flink (!) |", "of 1,000 images 3 had no result in time");
    }

    @Test
    void countsALoadAsSustainedOnlyUnderTheBoundAndWhenTheRowKeptUp() {
        // Given
        Measured kept = measured("a", 64, 100, 10, 0, loads(200, true));
        Measured slow = measured("b", 64, 100, 10, 0, loads(900, true));
        Measured behind = measured("c", 64, 100, 10, 0, loads(200, false));

        // Then
        assertThat(kept.sustained(500)).isEqualTo(90);
        assertThat(slow.sustained(500)).isZero();
        assertThat(behind.sustained(500)).isEqualTo(50);
    }

    @Test
    void drawsAPanelForEachSizeAndABarForEachRow() throws Exception {
        // When
        Document chart = xml(Charts.throughput(HERE, RESULTS));
        Document line =
                xml(
                        LineChart.draw(
                                "Cost <of> a cell",
                                "a & b",
                                "x",
                                "y",
                                List.of(new LineChart.Point(1, 2), new LineChart.Point(3, 6.1))));

        // Then: the background and five bars; two points
        assertThat(chart.getElementsByTagName("rect").getLength()).isEqualTo(1 + RESULTS.size());
        assertThat(line.getElementsByTagName("circle").getLength()).isEqualTo(2);
    }

    @Test
    void goesOnWhereItStoodAndRefusesAnotherBuild(@TempDir Path work) throws Exception {
        // Given
        Path file = work.resolve("bench.jsonl");
        ResultFile.open(file, HERE).add(RESULTS.get(1));

        // When
        ResultFile again = ResultFile.open(file, HERE);

        // Then
        assertThat(again.find("cytolog", 64, "15k")).contains(RESULTS.get(1));
        assertThat(again.find("cytolog", 128, "15k")).isEmpty();
        assertThatThrownBy(() -> ResultFile.open(file, at("decaf00000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give --fresh");
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void fitsAStraightLine() {
        // Given
        List<LineChart.Point> points =
                List.of(
                        new LineChart.Point(0, 1),
                        new LineChart.Point(1, 3),
                        new LineChart.Point(2, 5));

        // When
        Line line = Line.through(points);

        // Then
        assertThat(line.offset()).isCloseTo(1, within(1e-12));
        assertThat(line.slope()).isCloseTo(2, within(1e-12));
        assertThat(line.fit(points)).isCloseTo(1, within(1e-12));
    }

    private static Measured measured(
            String row, int side, double perSecond, double cpu, long missing, List<Load> loads) {
        return new Measured(
                row, side, "15k", 15_000, perSecond, cpu, 800, 8, 300, 1000, 0, missing, loads);
    }

    private static List<Load> loads(double p99, boolean kept) {
        return List.of(
                new Load("50%", 50, 400, p99 / 4, p99, 2 * p99, true),
                new Load("90%", 90, 700, p99 / 4, p99, 2 * p99, kept),
                new Load("common", 50, 400, p99 / 4, p99, 2 * p99, true));
    }

    private static Circumstances at(String commit) {
        return new Circumstances(
                "2026-01-01",
                "A processor",
                2,
                8,
                "Linux",
                "a VM 25",
                commit,
                List.of("kafka-clients 4.3.1"),
                "a plan",
                "./cytolog bench");
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
