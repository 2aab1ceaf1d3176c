// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageGateTest {

    private static final int JPEG_DIMENSIONS_AFTER_MARKER = 5;

    private final ImageGate gate = new ImageGate(ImageLimits.DEFAULT);

    private Rejection rejection(byte[] bytes) {
        return catchThrowableOfType(
                        RejectedImageException.class, () -> gate.admit(ImageBytes.wrap(bytes)))
                .rejection();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "progressive", "png", "tiff", "lzw"})
    void readsFormatAndSizeWithoutDecoding(String kind) throws RejectedImageException {
        // Given
        byte[] bytes = picture(kind);

        // When
        ImageHeader header = gate.admit(ImageBytes.wrap(bytes));

        // Then
        assertThat(header.width()).isEqualTo(50);
        assertThat(header.height()).isEqualTo(40);
        assertThat(header.bitsPerSample()).isEqualTo(8);
    }

    @Test
    void rejectsAnEmptyFile() {
        assertThat(rejection(new byte[0]).reason()).isEqualTo(RejectionReason.EMPTY);
        assertThat(rejection(new byte[0]).stage()).isEqualTo(RejectionStage.GATE);
    }

    @Test
    void rejectsText() {
        byte[] text = "accession,specimen,slide\n".getBytes(StandardCharsets.UTF_8);
        assertThat(rejection(text).reason()).isEqualTo(RejectionReason.NOT_AN_IMAGE);
    }

    @ParameterizedTest
    @CsvSource({"GIF89a..........,GIF", "RIFF....WEBPVP8 ,WebP", "%PDF-1.7 ........,PDF"})
    void namesFormatsThatItDoesNotTake(String start, String name) {
        Rejection rejection = rejection(start.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(rejection.reason()).isEqualTo(RejectionReason.UNSUPPORTED_FORMAT);
        assertThat(rejection.detail()).contains(name);
    }

    @Test
    void namesDicom() {
        // Given
        byte[] dicom = new byte[200];
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, dicom, 128, 4);

        // Then
        assertThat(rejection(dicom).detail()).contains("DICOM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "progressive", "png"})
    void rejectsAFileCutAnywhere(String kind) {
        // Given
        byte[] bytes = picture(kind);

        // Then
        for (int length = 1; length < bytes.length; length += 7) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThat(rejection(cut).reason())
                    .as("%s cut to %d of %d bytes", kind, length, bytes.length)
                    .isIn(RejectionReason.TRUNCATED, RejectionReason.NOT_AN_IMAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiff", "lzw"})
    void rejectsATiffCutAnywhereButInValuesThatPixelsDoNotNeed(String kind)
            throws RejectedImageException {
        // Given a TIFF that ends with its resolution
        byte[] bytes = picture(kind);

        // Then
        assertThat(rejection(Arrays.copyOf(bytes, bytes.length - 64)).reason())
                .isEqualTo(RejectionReason.TRUNCATED);
        for (int length = bytes.length - 63; length < bytes.length; length++) {
            assertSamePixelsOrRejected(bytes, Arrays.copyOf(bytes, length));
        }
    }

    private static void assertSamePixelsOrRejected(byte[] whole, byte[] cut)
            throws RejectedImageException {
        try (PixelImage expected = Pictures.decode(whole);
                PixelImage image = Pictures.decode(cut)) {
            assertThat(Pictures.values(image.bgr())).isEqualTo(Pictures.values(expected.bgr()));
        } catch (RejectedImageException e) {
            assertThat(e.rejection().reason())
                    .isIn(RejectionReason.TRUNCATED, RejectionReason.CORRUPT);
        }
    }

    @Test
    void doesNotTakeTheEndOfAThumbnailForTheEndOfThePicture() {
        // Given a picture that carries a whole thumbnail and is cut after it
        byte[] thumbnail = Pictures.jpeg(16, 16);
        byte[] bytes = withSegment(Pictures.jpeg(200, 200), 0xE1, thumbnail);
        byte[] cut = Arrays.copyOf(bytes, thumbnail.length + 3000);

        // Then
        assertThat(rejection(cut).reason()).isEqualTo(RejectionReason.TRUNCATED);
    }

    @Test
    void rejectsAProgressiveJpegWhoseLastScansAreMissing() {
        // Given
        byte[] bytes = Pictures.progressiveJpeg(200, 200);
        byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;

        // Then
        assertThat(rejection(cut).reason()).isEqualTo(RejectionReason.TRUNCATED);
    }

    @Test
    void admitsFillBytesAndWhatFollowsTheEnd() throws RejectedImageException {
        // Given
        byte[] plain = Pictures.jpeg(50, 40);
        ByteArrayOutputStream filled = new ByteArrayOutputStream();
        filled.write(plain, 0, 2);
        filled.write(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, 0, 3);
        filled.write(plain, 2, plain.length - 2);
        filled.writeBytes("a scanner's own trailer".getBytes(StandardCharsets.UTF_8));

        // When
        ImageHeader header = gate.admit(ImageBytes.wrap(filled.toByteArray()));

        // Then
        assertThat(header.width()).isEqualTo(50);
    }

    @Test
    void rejectsAJpegWhoseHeightComesLater() {
        // Given a frame header with height 0, to be defined by a DNL segment
        byte[] bytes = Pictures.jpeg(50, 40);
        int frame = marker(bytes, 0xC0);
        bytes[frame + JPEG_DIMENSIONS_AFTER_MARKER] = 0;
        bytes[frame + JPEG_DIMENSIONS_AFTER_MARKER + 1] = 0;

        // Then
        assertThat(rejection(bytes).reason()).isEqualTo(RejectionReason.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC3, 0xC5, 0xC9, 0xCB})
    void rejectsLosslessHierarchicalAndArithmeticJpeg(int process) {
        // Given
        byte[] bytes = Pictures.jpeg(50, 40);
        bytes[marker(bytes, 0xC0) + 1] = (byte) process;

        // Then
        assertThat(rejection(bytes).reason()).isEqualTo(RejectionReason.UNSUPPORTED_FORMAT);
    }

    @Test
    void rejectsCmykAndTwelveBitJpeg() {
        assertThat(rejection(jpegFrame(4, 8)).reason())
                .isEqualTo(RejectionReason.UNSUPPORTED_FORMAT);
        assertThat(rejection(jpegFrame(3, 12)).reason())
                .isEqualTo(RejectionReason.UNSUPPORTED_FORMAT);
    }

    @Test
    void rejectsASecondFrameHeader() {
        // Given a small frame before a huge one: which would the decoder believe?
        byte[] second = {8, (byte) 0xEA, 0x60, (byte) 0xEA, 0x60, 1, 1, 0x11, 0};
        byte[] bytes = withSegment(Pictures.jpeg(50, 40), 0xC0, second);

        // Then
        assertThat(rejection(bytes).reason()).isEqualTo(RejectionReason.CORRUPT);
    }

    @Test
    void rejectsAPictureOfTooManyPixelsFromItsHeader() {
        // Given
        byte[] bomb = pngOf(60_000, 60_000);

        // Then
        Rejection rejection = rejection(bomb);
        assertThat(rejection.reason()).isEqualTo(RejectionReason.TOO_MANY_PIXELS);
        assertThat(rejection.detail()).contains("60,000 x 60,000");
    }

    @ParameterizedTest
    @CsvSource({"0,10", "-1,10", "10,0", "10,-2147483648"})
    void rejectsPngSizesThatAreNotPositive(int width, int height) {
        assertThat(rejection(pngOf(width, height)).reason()).isEqualTo(RejectionReason.CORRUPT);
    }

    @Test
    void rejectsAPngWithAWrongSum() {
        // Given
        byte[] bytes = Pictures.png(50, 40);
        bytes[bytes.length / 2] ^= 0x20;

        // Then
        assertThat(rejection(bytes).reason()).isEqualTo(RejectionReason.CORRUPT);
    }

    @Test
    void rejectsAPngChunkLongerThanTheFile() {
        // Given a chunk of 4 GiB less one byte
        byte[] bytes = Pictures.png(50, 40);
        Arrays.fill(bytes, 33, 37, (byte) 0xFF);

        // Then
        assertThat(rejection(bytes).reason()).isEqualTo(RejectionReason.TRUNCATED);
    }

    @Test
    void rejectsBigTiff() {
        byte[] bytes = {'I', 'I', 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0};
        assertThat(rejection(bytes).reason()).isEqualTo(RejectionReason.UNSUPPORTED_FORMAT);
    }

    @Test
    void readsTiffOfEitherByteOrder() throws RejectedImageException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            // When
            ImageHeader header = gate.admit(ImageBytes.wrap(new Tiff(order).grey(32, 24).bytes()));

            // Then
            assertThat(header.width()).isEqualTo(32);
            assertThat(header.height()).isEqualTo(24);
        }
    }

    @Test
    void rejectsTiffWithAbsurdCounts() {
        // Given strips that are said to be four thousand million
        Tiff tiff = new Tiff(ByteOrder.LITTLE_ENDIAN).grey(32, 24);

        // Then
        assertThat(rejection(tiff.with(273, 4, 0xFFFF_FFFFL, 8).bytes()).reason())
                .isEqualTo(RejectionReason.CORRUPT);
        assertThat(rejection(tiff.with(273, 4, 60_000, 0xFFFF_FFF0L).bytes()).reason())
                .isEqualTo(RejectionReason.TRUNCATED);
        assertThat(rejection(tiff.with(273, 4, 0, 8).bytes()).reason())
                .isEqualTo(RejectionReason.CORRUPT);
    }

    @Test
    void rejectsTiffThatWouldMakeTheDecoderReserveMuch() {
        Tiff tiff = new Tiff(ByteOrder.LITTLE_ENDIAN).grey(32, 24);
        assertThat(rejection(tiff.with(277, 3, 1, 60_000).bytes()).reason())
                .isEqualTo(RejectionReason.UNSUPPORTED_FORMAT);
        assertThat(rejection(tiff.with(258, 4, 1, 0xFFFF_FFFFL).bytes()).reason())
                .isEqualTo(RejectionReason.UNSUPPORTED_FORMAT);
        assertThat(rejection(tiff.and(322, 4, 1, 1 << 24).bytes()).reason())
                .isEqualTo(RejectionReason.TOO_MANY_PIXELS);
        assertThat(rejection(tiff.with(256, 4, 1, 0xFFFF_FFFFL).bytes()).reason())
                .isEqualTo(RejectionReason.TOO_MANY_PIXELS);
    }

    @Test
    void rejectsTiffThatStatesItsWidthTwice() {
        Tiff tiff = new Tiff(ByteOrder.LITTLE_ENDIAN).grey(32, 24).and(256, 4, 1, 90_000);
        assertThat(rejection(tiff.bytes()).reason()).isEqualTo(RejectionReason.CORRUPT);
    }

    @Test
    void rejectsTooManyBytesAndTooSmallPictures() {
        // Given
        ImageGate narrow = new ImageGate(new ImageLimits(1000, 100, 10_000, 16));

        // Then
        assertThat(
                        catchThrowableOfType(
                                        RejectedImageException.class,
                                        () -> narrow.admit(ImageBytes.wrap(new byte[1001])))
                                .rejection()
                                .reason())
                .isEqualTo(RejectionReason.TOO_MANY_BYTES);
        assertThat(rejection(Pictures.png(15, 200)).reason()).isEqualTo(RejectionReason.TOO_SMALL);
    }

    @Test
    void rejectsBytesThatDifferFromTheStatedDigest() throws RejectedImageException {
        // Given
        ImageBytes bytes = ImageBytes.wrap(Pictures.png(50, 40));
        String right = bytes.sha256();
        String wrong = "0".repeat(64);

        // When
        Rejection rejection =
                catchThrowableOfType(
                                RejectedImageException.class, () -> gate.admit(bytes, wrong, right))
                        .rejection();

        // Then
        assertThat(rejection.reason()).isEqualTo(RejectionReason.DIGEST_MISMATCH);
        assertThat(rejection.detail()).contains(right, wrong);
        assertThat(gate.admit(bytes, right.toUpperCase(java.util.Locale.ROOT), right).width())
                .isEqualTo(50);
    }

    @Test
    void allocatesLittleForWhatAFileClaims() {
        // Given
        byte[] bomb = pngOf(60_000, 60_000);
        byte[] tiff =
                new Tiff(ByteOrder.LITTLE_ENDIAN).grey(32, 24).with(279, 4, 65_536, 8).bytes();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        rejection(bomb);
        rejection(tiff);

        // When
        long before = threads.getCurrentThreadAllocatedBytes();
        rejection(bomb);
        rejection(tiff);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // Then
        assertThat(allocated).isLessThan(2L << 20);
    }

    private static byte[] picture(String kind) {
        return switch (kind) {
            case "jpeg" -> Pictures.jpeg(50, 40);
            case "progressive" -> Pictures.progressiveJpeg(50, 40);
            case "png" -> Pictures.png(50, 40);
            case "tiff" -> Pictures.tiff(50, 40, 1);
            default -> Pictures.tiff(50, 40, 5);
        };
    }

    private static int marker(byte[] jpeg, int marker) {
        for (int i = 2; i + 1 < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) marker) {
                return i;
            }
        }
        throw new IllegalArgumentException("no such marker");
    }

    private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(0xFF);
        out.write(marker);
        out.write((content.length + 2) >> 8);
        out.write(content.length + 2);
        out.writeBytes(content);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] jpegFrame(int components, int bits) {
        ByteBuffer out = ByteBuffer.allocate(8 + 3 * components + 4);
        out.putShort((short) 0xFFD8).putShort((short) 0xFFC0);
        out.putShort((short) (8 + 3 * components)).put((byte) bits);
        out.putShort((short) 40).putShort((short) 50).put((byte) components);
        return Arrays.copyOf(out.array(), 12 + 3 * components);
    }

    /** A header, a few bytes of pixels, an end: 70 bytes that claim any size. */
    private static byte[] pngOf(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 8).put((byte) 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8).putLong(0x89504E470D0A1A0AL).array());
        chunk(out, "IHDR", header.array());
        chunk(out, "IDAT", new byte[] {0x78, (byte) 0x9C, 3, 0, 0, 0, 0, 1});
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        ByteBuffer body = ByteBuffer.allocate(4 + content.length);
        body.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
        CRC32 sum = new CRC32();
        sum.update(body.array());
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(body.array());
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
