// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * One row at one encoder size with one kind of picture.
 *
 * @param row its name
 * @param side of the encoder's input, pixels
 * @param picture label of the kind of picture
 * @param imageBytes mean length of a file
 * @param imagesPerSecond from a pre-filled topic
 * @param cpuSecondsPer1000 CPU-seconds of the row's process for 1,000 images, same window
 * @param windowImages images in the window
 * @param windowSeconds length of the window
 * @param peakMebibytes most memory that the process held at once
 * @param sent images of the whole cell of the matrix
 * @param repeated results beyond an image's first
 * @param missing images without a result
 * @param loads under steady loads
 */
public record Measured(
        String row,
        int side,
        String picture,
        double imageBytes,
        double imagesPerSecond,
        double cpuSecondsPer1000,
        long windowImages,
        double windowSeconds,
        double peakMebibytes,
        long sent,
        long repeated,
        long missing,
        List<Load> loads) {

    public Measured {
        loads = List.copyOf(loads);
    }

    /** Whether this is the measurement of that cell of the matrix. */
    public boolean isOf(String otherRow, int otherSide, String otherPicture) {
        return row.equals(otherRow) && side == otherSide && picture.equals(otherPicture);
    }

    /** Images for a CPU-second of the row's process. */
    @JsonIgnore
    public double imagesPerCpuSecond() {
        return 1000 / cpuSecondsPer1000;
    }

    public Optional<Load> load(String label) {
        return loads.stream().filter(load -> load.label().equals(label)).findFirst();
    }

    /** Largest offered load that the row kept up with under this 99th percentile; 0 for none. */
    public double sustained(double p99Millis) {
        return loads.stream()
                .filter(load -> load.kept() && load.p99() <= p99Millis)
                .mapToDouble(Load::perSecond)
                .max()
                .orElse(0);
    }
}
