// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bytedeco.opencv.global.opencv_core.CV_16UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

    private static final int WIDTH = 50;
    private static final int HEIGHT = 40;

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 32773})
    void decodesTiffWithoutLoss(int compression) throws RejectedImageException {
        try (Mat expected = Pictures.colour(WIDTH, HEIGHT);
                PixelImage image = Pictures.decode(Pictures.tiff(WIDTH, HEIGHT, compression))) {
            assertThat(Pictures.values(image.bgr())).isEqualTo(Pictures.values(expected));
        }
    }

    @Test
    void decodesPngWithoutLoss() throws RejectedImageException {
        try (Mat expected = Pictures.colour(WIDTH, HEIGHT);
                PixelImage image = Pictures.decode(Pictures.png(WIDTH, HEIGHT))) {
            assertThat(Pictures.values(image.bgr())).isEqualTo(Pictures.values(expected));
        }
    }

    @Test
    void decodesBaselineAndProgressiveJpegAlike() throws RejectedImageException {
        try (PixelImage baseline = Pictures.decode(Pictures.jpeg(WIDTH, HEIGHT));
                PixelImage progressive = Pictures.decode(Pictures.progressiveJpeg(WIDTH, HEIGHT))) {
            assertThat(Pictures.values(progressive.bgr()))
                    .isEqualTo(Pictures.values(baseline.bgr()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".tif"})
    void scalesSixteenBitToEight(String extension) throws RejectedImageException {
        // Given 16-bit values 257 times the 8-bit ones
        Mat sixteen = new Mat();
        try (Mat eight = Pictures.colour(WIDTH, HEIGHT)) {
            eight.convertTo(sixteen, CV_16UC3, 257, 0);
            byte[] bytes = Pictures.encoded(sixteen, extension);

            // When
            try (PixelImage image = Pictures.decode(bytes)) {
                // Then
                assertThat(Pictures.admit(bytes).bitsPerSample()).isEqualTo(16);
                assertThat(Pictures.values(image.bgr())).isEqualTo(Pictures.values(eight));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".tif", ".jpg"})
    void makesGreyIntoThreeEqualChannels(String extension) throws RejectedImageException {
        byte[] bytes = Pictures.encoded(Pictures.grey(WIDTH, HEIGHT), extension);
        try (PixelImage image = Pictures.decode(bytes)) {
            byte[] values = Pictures.values(image.bgr());
            assertThat(values).hasSize(WIDTH * HEIGHT * 3);
            assertThat(values[300]).isEqualTo(values[301]).isEqualTo(values[302]);
        }
    }

    @Test
    void decodesPaletteAndTransparency() throws RejectedImageException, IOException {
        // Given one red and one half-transparent blue picture
        IndexColorModel two =
                new IndexColorModel(
                        8, 2, new byte[] {(byte) 200, 0}, new byte[] {10, 0}, new byte[] {20, 0});
        BufferedImage palette =
                new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, two);
        BufferedImage glass = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        glass.setRGB(5, 6, new Color(1, 2, 250, 128).getRGB());

        // When
        try (PixelImage red = Pictures.decode(png(palette));
                PixelImage blue = Pictures.decode(png(glass))) {
            // Then
            assertThat(Arrays.copyOf(Pictures.values(red.bgr()), 3))
                    .containsExactly(20, 10, (byte) 200);
            int at = (6 * WIDTH + 5) * 3;
            assertThat(Arrays.copyOfRange(Pictures.values(blue.bgr()), at, at + 3))
                    .containsExactly((byte) 250, 2, 1);
        }
    }

    @Test
    void ignoresTheOrientationTag() throws RejectedImageException {
        // Given a JPEG that asks to be turned by 90 degrees
        byte[] turned = withOrientation(Pictures.jpeg(WIDTH, HEIGHT), 6);

        // When
        try (PixelImage image = Pictures.decode(turned);
                PixelImage plain = Pictures.decode(Pictures.jpeg(WIDTH, HEIGHT))) {
            // Then
            assertThat(image.width()).isEqualTo(WIDTH);
            assertThat(Pictures.values(image.bgr())).isEqualTo(Pictures.values(plain.bgr()));
        }
    }

    @Test
    void rejectsPixelsThatAreMissingBeforeTheEndMarker() {
        // Given a JPEG cut in its pixels and closed again, which a decoder fills with grey
        byte[] whole = Pictures.jpeg(200, 200);
        for (double share : new double[] {0.3, 0.6, 0.95}) {
            byte[] cut = Arrays.copyOf(whole, (int) (whole.length * share));
            cut[cut.length - 2] = (byte) 0xFF;
            cut[cut.length - 1] = (byte) 0xD9;

            // When
            Rejection rejection =
                    catchThrowableOfType(RejectedImageException.class, () -> Pictures.decode(cut))
                            .rejection();

            // Then
            assertThat(rejection.stage()).isEqualTo(RejectionStage.DECODE);
            assertThat(rejection.reason()).isEqualTo(RejectionReason.TRUNCATED);
        }
    }

    @Test
    void keepsAPictureThatIsTrulyGreyInItsCorner() throws RejectedImageException {
        // Given
        Mat grey = new Mat(64, 64, CV_8UC3, Scalar.all(128));

        // When
        try (PixelImage image = Pictures.decode(Pictures.encoded(grey, ".jpg"))) {
            // Then
            assertThat(image.width()).isEqualTo(64);
        }
    }

    @Test
    void rejectsStripsThatDoNotFillThePicture() {
        // Given a picture of 24 rows in one strip of 24, but said to be 240 rows high
        byte[] bytes = new Tiff(ByteOrder.LITTLE_ENDIAN).grey(32, 24).with(257, 4, 1, 240).bytes();

        // When
        Rejection rejection =
                catchThrowableOfType(RejectedImageException.class, () -> Pictures.decode(bytes))
                        .rejection();

        // Then
        assertThat(rejection.stage()).isEqualTo(RejectionStage.DECODE);
    }

    @Test
    void rejectsWhatDecodesToAnotherSizeThanStated() {
        // Given
        byte[] bytes = Pictures.png(WIDTH, HEIGHT);
        ImageHeader other = new ImageHeader(ImageFormat.PNG, WIDTH + 1, HEIGHT, 8);

        // When
        Rejection rejection =
                catchThrowableOfType(
                                RejectedImageException.class,
                                () -> new ImageDecoder().decode(ImageBytes.wrap(bytes), other))
                        .rejection();

        // Then
        assertThat(rejection.reason()).isEqualTo(RejectionReason.CORRUPT);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] tiff = {
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(0xFF);
        out.write(0xE1);
        out.write(0);
        out.write(2 + 6 + tiff.length);
        out.writeBytes("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(tiff);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
