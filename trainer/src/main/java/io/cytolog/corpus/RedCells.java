// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import io.cytolog.image.Box;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageDecoder;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageHeader;
import io.cytolog.image.ImageLimits;
import io.cytolog.image.PixelImage;
import io.cytolog.image.Recipe;
import io.cytolog.image.RecipeRunner;
import io.cytolog.image.RejectedImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Red cells of whole fields: real cells that are of none of the findings, for asking whether a
 * release sees that a cell is outside of what it knows.
 */
public final class RedCells {

    private static final String BOXES = "fields/boxes.csv";
    private static final String LABEL = "RBC";
    private static final int A_FIELD = 10;

    private RedCells() {}

    /**
     * At most {@value #A_FIELD} red cells a field, spread over its boxes; none where the data have
     * no boxes.
     */
    public static List<CellPixels> read(Path folder, Recipe recipe) throws CorpusException {
        if (!Files.isRegularFile(folder.resolve(BOXES))) {
            return List.of();
        }
        try {
            List<CellPixels> cells = new ArrayList<>();
            for (Map.Entry<String, List<Box>> field : boxes(folder).entrySet()) {
                cells.addAll(cells(folder.resolve(field.getKey()), field.getValue(), recipe));
            }
            return cells;
        } catch (IOException e) {
            throw new CorpusException(
                    "%s cannot be read: %s; check the folder".formatted(folder.resolve(BOXES), e));
        }
    }

    private static Map<String, List<Box>> boxes(Path folder) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        Map<String, List<Box>> fields = new LinkedHashMap<>();
        try (CSVParser rows =
                CSVParser.parse(folder.resolve(BOXES), StandardCharsets.UTF_8, format)) {
            for (CSVRecord row : rows) {
                if (row.get("label").equals(LABEL)) {
                    fields.computeIfAbsent(row.get("image"), key -> new ArrayList<>())
                            .add(box(row));
                }
            }
        }
        return fields;
    }

    private static Box box(CSVRecord row) {
        int x = Integer.parseInt(row.get("xmin"));
        int y = Integer.parseInt(row.get("ymin"));
        int width = Integer.parseInt(row.get("xmax")) - x;
        int height = Integer.parseInt(row.get("ymax")) - y;
        return new Box(x, y, Math.max(1, width), Math.max(1, height));
    }

    private static List<CellPixels> cells(Path field, List<Box> boxes, Recipe recipe)
            throws IOException, CorpusException {
        ImageBytes bytes = ImageBytes.wrap(Files.readAllBytes(field));
        try {
            ImageHeader header = new ImageGate(ImageLimits.DEFAULT).admit(bytes);
            RecipeRunner runner = new RecipeRunner(recipe);
            List<CellPixels> cells = new ArrayList<>();
            try (PixelImage image = new ImageDecoder().decode(bytes, header)) {
                int step = Math.max(1, boxes.size() / A_FIELD);
                for (int i = 0; i < boxes.size() && cells.size() < A_FIELD; i += step) {
                    cells.add(runner.locatedCell(image, boxes.get(i)));
                }
            }
            return cells;
        } catch (RejectedImageException e) {
            throw new CorpusException(
                    "field %s is not usable: %s".formatted(field, e.getMessage()));
        }
    }
}
