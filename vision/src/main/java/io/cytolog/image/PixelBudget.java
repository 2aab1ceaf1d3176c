// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/**
 * Bounds the native memory of decoded pixels, which no heap setting bounds: a file of 2 MB can be
 * 60 MB of pixels. What an image will take is known from its header, before it is decoded. Safe for
 * any thread; first come, first served, so that a large image is not passed for ever.
 */
public final class PixelBudget {

    private static final int CHANNELS = 3;

    /** Permits are for so many bytes, since there are at most two thousand million of them. */
    private static final int GRAIN = 1 << 10;

    /** Lets everything through. */
    public static final PixelBudget UNBOUNDED = new PixelBudget((long) Integer.MAX_VALUE * GRAIN);

    private final int all;
    private final Semaphore permits;

    /**
     * @param maxBytes most bytes of decoded pixels; an image of more is decoded when no other is
     */
    public PixelBudget(long maxBytes) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes=%d: give more than 0".formatted(maxBytes));
        }
        this.all = Math.clamp(maxBytes / GRAIN, 1, Integer.MAX_VALUE);
        this.permits = new Semaphore(all, true);
    }

    /**
     * Waits until the image's pixels fit.
     *
     * @return what the caller closes once the pixels are gone
     * @throws CancellationException when the thread is interrupted meanwhile
     */
    public Share take(ImageHeader header) {
        int wanted = Math.clamp(bytesOf(header) / GRAIN + 1, 1, all);
        try {
            permits.acquire(wanted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted before an image was decoded");
        }
        return new Share(permits, wanted);
    }

    /** Deeper samples are there twice for a moment: as decoded, and as the 8 bits made of them. */
    static long bytesOf(ImageHeader header) {
        int bytesPerSample = header.bitsPerSample() > Byte.SIZE ? Short.BYTES + 1 : 1;
        return header.pixels() * CHANNELS * bytesPerSample;
    }

    /** An image's part of the budget. */
    public record Share(Semaphore permits, int taken) implements AutoCloseable {

        @Override
        public void close() {
            permits.release(taken);
        }
    }
}
