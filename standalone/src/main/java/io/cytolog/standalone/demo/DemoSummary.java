// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The account of a demo, as {@code summary.json} holds it.
 *
 * @param files image files in the folder at the start
 * @param captured records in {@code images.captured}, counted by an independent reader
 * @param p50Ms half of the images needed at most this long from arrival to committed, ms
 * @param p99Ms 99 in 100 images needed at most this long, ms
 * @param firstResultMs from the start of the process to the first annotated image, ms; 0 without
 *     one
 * @param imagesPerSecond images with an outcome over the time from the first arrival to the last
 *     outcome
 */
public record DemoSummary(
        long files,
        long captured,
        long annotated,
        long rejected,
        long cells,
        long abstained,
        long p50Ms,
        long p99Ms,
        double imagesPerSecond,
        long firstResultMs) {

    public boolean addsUp() {
        return captured == annotated + rejected;
    }

    void write(Path file) throws IOException {
        var mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(file, mapper.writeValueAsString(this) + "\n");
    }
}
