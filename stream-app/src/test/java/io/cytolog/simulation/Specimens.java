// Licensed under the Apache License, Version 2.0.
package io.cytolog.simulation;

import io.cytolog.annotate.PreparedCell;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.cell.LocatedCell;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.Priority;
import io.cytolog.image.Box;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.RejectedImageException;
import io.cytolog.image.RejectionReason;
import io.cytolog.image.RejectionStage;
import io.cytolog.serde.Payload;
import io.cytolog.serde.Readable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records made once for all schedules: a record's value is the number of a specimen, and so is its
 * image. Among them are bad images, unreadable records and one without a value.
 */
final class Specimens {

    static final int COUNT = 48;
    private static final int UNREADABLE = 46;
    private static final int WITHOUT_VALUE = 47;
    private static final int SLIDES = 3;
    private static final int CONTENT = ImageCaptured.getClassSchema().getField("content").pos();
    private static final List<Specimen> ALL = all();

    private record Specimen(ImageCaptured captured, @Nullable PreparedImage prepared) {}

    private Specimens() {}

    static byte @Nullable [] value(int specimen) {
        return specimen == WITHOUT_VALUE ? null : new byte[] {(byte) specimen};
    }

    /** Key of the record; empty when it has none. */
    static String key(int specimen) {
        return specimen % 5 == 4 ? "" : slide(specimen);
    }

    /** Slide of its outcome. */
    static String slideOfOutcome(int specimen) {
        boolean unknown = key(specimen).isEmpty() && specimen >= UNREADABLE;
        return unknown ? "(no slide)" : slide(specimen);
    }

    static boolean isRejected(int specimen) {
        return specimen >= UNREADABLE || ALL.get(specimen).prepared() == null;
    }

    static boolean needsEdition(int specimen) {
        return specimen < UNREADABLE;
    }

    static int cells(int specimen) {
        return isRejected(specimen) ? 0 : ALL.get(specimen).prepared().cells().size();
    }

    static Readable<ImageCaptured> read(byte[] value) {
        int specimen = value[0];
        if (specimen == UNREADABLE) {
            return new Readable.Unreadable<>(new Payload(value), "not a message of ours");
        }
        ImageCaptured captured = ALL.get(specimen).captured();
        captured.put(CONTENT, ByteBuffer.wrap(value));
        return new Readable.Read<>(captured);
    }

    static PreparedImage prepared(ImageBytes bytes) throws RejectedImageException {
        PreparedImage prepared = ALL.get(bytes.array()[0]).prepared();
        if (prepared == null) {
            throw new RejectedImageException(
                    RejectionStage.GATE, RejectionReason.CORRUPT, "cut off; send it again");
        }
        return prepared;
    }

    private static String slide(int specimen) {
        return "slide-" + specimen % SLIDES;
    }

    private static List<Specimen> all() {
        List<Specimen> all = new ArrayList<>();
        for (int i = 0; i < UNREADABLE; i++) {
            all.add(new Specimen(captured(i), i % 9 == 8 ? null : image(i)));
        }
        return all;
    }

    private static ImageCaptured captured(int specimen) {
        byte[] file = {(byte) specimen};
        return ImageCaptured.newBuilder()
                .setImageId("image-" + specimen)
                .setOrigin(
                        ImageOrigin.newBuilder()
                                .setAccession("A-26-0001")
                                .setSpecimen("S1")
                                .setSlide(slide(specimen))
                                .setCapturedAt(Instant.EPOCH)
                                .setPriority(specimen % 4 == 0 ? Priority.STAT : Priority.ROUTINE)
                                .build())
                .setKind(io.cytolog.event.ImageKind.FIELD)
                .setSourceName(specimen + ".png")
                .setSha256(ImageBytes.wrap(file).sha256())
                .setSizeBytes(1)
                .setContent(ByteBuffer.wrap(file))
                .build();
    }

    private static PreparedImage image(int specimen) {
        int side = specimen % 7 == 6 ? 2 : 1;
        int cells = specimen % 11 == 10 ? 0 : 1 + specimen / 3 % 4;
        List<PreparedCell> prepared = new ArrayList<>();
        for (int cell = 0; cell < cells; cell++) {
            byte[] rgb = new byte[side * side * 3];
            rgb[0] = (byte) specimen;
            rgb[1] = (byte) cell;
            prepared.add(
                    new PreparedCell(
                            new LocatedCell(Box.whole(side, side), List.of()),
                            new CellPixels(side, rgb)));
        }
        return new PreparedImage(
                ImageBytes.wrap(new byte[] {(byte) specimen}).sha256(),
                io.cytolog.cell.ImageKind.FIELD,
                side,
                side,
                prepared,
                List.of());
    }
}
