// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.evaluate.Evaluation;
import io.cytolog.evaluate.SeenCells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a report: {@code index.html} for people, {@code figures.json} for programs, the plots and
 * sheets beside them. Owned by one thread.
 */
public final class ReportWriter {

    private static final int DECIMALS = 6;

    private final Path folder;

    public ReportWriter(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes all of it, over an older report.
     *
     * @param statedRisk that the release's thresholds aim at
     * @param encoder of the release, for the occlusion maps
     * @param circumstances what a reader needs to make it again, by name
     */
    public void write(
            Evaluation evaluation,
            SeenCells seen,
            double statedRisk,
            ImageEncoder encoder,
            Map<String, String> circumstances)
            throws IOException {
        System.setProperty("java.awt.headless", "true");
        Files.createDirectories(folder);
        mapper().writeValue(folder.resolve("figures.json").toFile(), evaluation);
        Curves.roc(evaluation, seen.scores(), folder.resolve("roc.png"));
        Curves.reliability(evaluation, folder.resolve("reliability.png"));
        Curves.risk(evaluation.riskCoverage(), statedRisk, folder.resolve("risk-coverage.png"));
        CellMap.draw(seen, folder.resolve("map.png"));
        Sheets.confidentMistakes(seen, folder.resolve("mistakes-confident.png"));
        Sheets.sharpMistakes(seen, folder.resolve("mistakes-sharp.png"));
        Sheets.occlusion(seen, encoder, folder.resolve("occlusion.png"));
        Files.writeString(
                folder.resolve("index.html"), new ReportPage(evaluation, circumstances).html());
    }

    private static ObjectMapper mapper() {
        SimpleModule module = new SimpleModule();
        module.addSerializer(Double.class, new Rounded());
        module.addSerializer(double.class, new Rounded());
        module.addSerializer(Optional.class, new Unwrapped());
        return JsonMapper.builder()
                .addModule(module)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
    }

    /** Six decimals; null for what is not defined, since JSON has no NaN. */
    private static final class Rounded extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (value.isNaN()) {
                out.writeNull();
            } else {
                double factor = Math.pow(10, DECIMALS);
                out.writeNumber(Math.round(value * factor) / factor);
            }
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class Unwrapped extends JsonSerializer<Optional> {
        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (value.isPresent()) {
                out.writePOJO(value.get());
            } else {
                out.writeNull();
            }
        }
    }
}
