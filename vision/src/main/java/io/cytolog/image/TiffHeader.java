// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static io.cytolog.image.RejectionReason.CORRUPT;
import static io.cytolog.image.RejectionReason.TRUNCATED;
import static io.cytolog.image.RejectionReason.UNSUPPORTED_FORMAT;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the first image file directory of a TIFF and sees that its strips or tiles are there. */
final class TiffHeader {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int MAX_ENTRIES = 512;

    private final ByteBuffer in;
    private int width;
    private int height;
    private int bits = 1;
    private long[] offsets = {};
    private long[] lengths = {};

    private TiffHeader(ByteBuffer in) {
        this.in = in;
    }

    static ImageHeader read(ByteBuffer bytes) throws RejectedImageException {
        ByteBuffer in = bytes.duplicate();
        in.order(in.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (HeaderReader.u16(in, 2) == 43) {
            throw HeaderReader.rejected(
                    UNSUPPORTED_FORMAT, "the file is a BigTIFF; send tiles as classic TIFF");
        }
        return new TiffHeader(in).directory(in.getInt(4) & 0xFFFFFFFFL);
    }

    private ImageHeader directory(long at) throws RejectedImageException {
        need(at, 2);
        int entries = HeaderReader.u16(in, (int) at);
        if (entries > MAX_ENTRIES) {
            throw HeaderReader.rejected(
                    CORRUPT, "the TIFF's first directory claims %d entries".formatted(entries));
        }
        need(at + 2, 12L * entries);
        for (int i = 0; i < entries; i++) {
            entry((int) at + 2 + 12 * i);
        }
        checkData();
        return HeaderReader.positive(new ImageHeader(ImageFormat.TIFF, width, height, bits));
    }

    private void entry(int at) throws RejectedImageException {
        switch (HeaderReader.u16(in, at)) {
            case WIDTH -> width = (int) Math.min(values(at)[0], Integer.MAX_VALUE);
            case HEIGHT -> height = (int) Math.min(values(at)[0], Integer.MAX_VALUE);
            case BITS -> bits = (int) values(at)[0];
            case STRIP_OFFSETS, TILE_OFFSETS -> offsets = values(at);
            case STRIP_LENGTHS, TILE_LENGTHS -> lengths = values(at);
            default -> {}
        }
    }

    /** The values of an entry; its count is bounded by what the file can hold. */
    private long[] values(int at) throws RejectedImageException {
        int type = HeaderReader.u16(in, at + 2);
        int size = type == 3 ? 2 : type == 4 ? 4 : 1;
        long count = in.getInt(at + 4) & 0xFFFFFFFFL;
        long from = count * size <= 4 ? at + 8 : in.getInt(at + 8) & 0xFFFFFFFFL;
        need(from, Math.max(1, count) * size);
        long[] values = new long[(int) Math.max(1, count)];
        for (int i = 0; i < values.length; i++) {
            int p = (int) from + i * size;
            values[i] =
                    size == 2
                            ? HeaderReader.u16(in, p)
                            : size == 4 ? in.getInt(p) & 0xFFFFFFFFL : HeaderReader.u8(in, p);
        }
        return values;
    }

    private void checkData() throws RejectedImageException {
        if (offsets.length == 0 || offsets.length != lengths.length) {
            throw HeaderReader.rejected(CORRUPT, "the TIFF does not say where its pixels are");
        }
        for (int i = 0; i < offsets.length; i++) {
            need(offsets[i], lengths[i]);
        }
    }

    private void need(long from, long length) throws RejectedImageException {
        if (from + length > in.limit()) {
            throw HeaderReader.rejected(
                    TRUNCATED,
                    "the TIFF points to byte %,d of %,d; send the image again"
                            .formatted(from + length, in.limit()));
        }
    }
}
