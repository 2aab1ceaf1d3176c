// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes good files at random, the same way each time: a file is admitted or rejected. */
class HostileFileTest {

    private static final int ROUNDS = 1_500;
    private static final int HEADER = 700;
    private static final byte[] EDGES = {0, 1, 2, 0x7F, (byte) 0x80, (byte) 0xFE, (byte) 0xFF};

    private static final ImageLimits LIMITS = new ImageLimits(1 << 20, 2_000, 1_000_000, 16);

    @Test
    @Timeout(60)
    void admitsOrRejectsWhateverAChangedHeaderSays() {
        // Given
        Random random = new Random(20_260_101);
        int admitted = 0;
        int rejected = 0;

        // When
        for (byte[] good : goodFiles()) {
            for (int round = 0; round < ROUNDS; round++) {
                if (passes(changed(good, random))) {
                    admitted++;
                } else {
                    rejected++;
                }
            }
        }

        // Then both ends are met, else the changes test nothing
        assertThat(admitted).isPositive();
        assertThat(rejected).isPositive();
    }

    @Test
    void readsTheLongestHostileHeaderQuickly() {
        // Given a megabyte of nothing but fill bytes, and one of empty segments
        byte[] fill = new byte[1 << 20];
        Arrays.fill(fill, (byte) 0xFF);
        fill[1] = (byte) 0xD8;
        byte[] restarts = fill.clone();
        for (int i = 3; i < restarts.length; i += 2) {
            restarts[i] = (byte) 0xD0;
        }

        // Then
        long start = System.nanoTime();
        assertThat(passes(fill)).isFalse();
        assertThat(passes(restarts)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static List<byte[]> goodFiles() {
        return List.of(
                Pictures.jpeg(40, 30),
                Pictures.progressiveJpeg(40, 30),
                Pictures.png(40, 30),
                Pictures.tiff(40, 30, 1),
                Pictures.tiff(40, 30, 5),
                new Tiff(ByteOrder.BIG_ENDIAN).grey(32, 24).bytes());
    }

    /** Changes one to four bytes of the head or tail, now and then also cuts the file. */
    private static byte[] changed(byte[] good, Random random) {
        byte[] bytes =
                random.nextInt(8) == 0
                        ? Arrays.copyOf(good, 1 + random.nextInt(good.length))
                        : good.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int within = Math.min(HEADER, bytes.length);
            int at = random.nextInt(within);
            int place = random.nextBoolean() ? at : bytes.length - 1 - at;
            bytes[place] =
                    random.nextBoolean()
                            ? EDGES[random.nextInt(EDGES.length)]
                            : (byte) random.nextInt();
        }
        return bytes;
    }

    private static boolean passes(byte[] bytes) {
        ImageBytes image = ImageBytes.wrap(bytes);
        try {
            ImageHeader header = new ImageGate(LIMITS).admit(image);
            try (PixelImage pixels = new ImageDecoder().decode(image, header)) {
                assertThat(pixels.width()).isEqualTo(header.width());
                assertThat(pixels.height()).isEqualTo(header.height());
            }
            return true;
        } catch (RejectedImageException e) {
            assertThat(e.rejection().detail()).isNotBlank().doesNotContain("\n");
            return false;
        } catch (RuntimeException e) {
            return fail("neither admitted nor rejected", e);
        }
    }
}
