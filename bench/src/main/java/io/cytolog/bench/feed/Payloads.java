// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.feed;

import io.cytolog.event.ImageCaptured;
import io.cytolog.serde.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Records ready to send: serialised once a picture, so that the generator takes little from the
 * cores it shares. Each copy gets a number of its own as image id, slide and comment of its JPEG,
 * and the digest that follows, so that no two images of a run are the same to anyone. Owned by one
 * thread.
 */
final class Payloads {

    private static final String IMAGE = "bench-";
    private static final String SLIDE = "slide-";
    private static final int DIGITS = 10;

    /** Slides that are scanned side by side; more than any row has images in flight. */
    private static final int SIDE_BY_SIDE = 64;

    private static final int IMAGES_A_SLIDE = 100;

    private final List<Template> templates = new ArrayList<>();
    private final MessageDigest sha256;
    private final boolean whole;

    /** A serialised record and where its parts lie. */
    private record Template(
            byte[] value, int image, int slide, int digest, int comment, int file, int length) {}

    /**
     * @param whole whether each digest is the image's own
     */
    Payloads(
            ImageSet images,
            AvroSerializer<ImageCaptured> serializer,
            String topic,
            boolean whole) {
        this.whole = whole;
        for (byte[] file : images.files()) {
            templates.add(
                    template(images, serializer, topic, JpegComment.into(file, text(IMAGE, 0))));
        }
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Template template(
            ImageSet images, AvroSerializer<ImageCaptured> serializer, String topic, byte[] file) {
        ImageCaptured message = images.message(text(IMAGE, 0), text(SLIDE, 0), file);
        byte[] value = serializer.serialize(topic, message);
        // ISO 8859-1 keeps bytes and characters in step.
        String text = new String(value, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(new String(file, StandardCharsets.ISO_8859_1));
        return new Template(
                value,
                text.indexOf(text(IMAGE, 0)),
                text.indexOf(text(SLIDE, 0)),
                text.indexOf(message.getSha256()),
                text.indexOf(text(IMAGE, 0), at),
                at,
                file.length);
    }

    /** The record with this number. */
    byte[] numbered(int number) {
        Template template = templates.get(number % templates.size());
        byte[] value = template.value().clone();
        write(value, template.image() + IMAGE.length(), number);
        write(value, template.slide() + SLIDE.length(), slideNumber(number));
        write(value, template.comment() + IMAGE.length(), number);
        if (whole) {
            sha256.update(value, template.file(), template.length());
            String digest = HexFormat.of().formatHex(sha256.digest());
            byte[] digits = digest.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(digits, 0, value, template.digest(), digits.length);
        }
        return value;
    }

    /** Slide of the record with this number. */
    static String slide(int number) {
        return text(SLIDE, slideNumber(number));
    }

    /** The number in an image's id. */
    static int numberOf(String imageId) {
        return Integer.parseInt(imageId, IMAGE.length(), imageId.length(), 10);
    }

    private static int slideNumber(int number) {
        int round = number / (SIDE_BY_SIDE * IMAGES_A_SLIDE);
        return round * SIDE_BY_SIDE + number % SIDE_BY_SIDE;
    }

    private static String text(String prefix, int number) {
        return prefix + "%010d".formatted(number);
    }

    private static void write(byte[] value, int at, int number) {
        int rest = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            value[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
