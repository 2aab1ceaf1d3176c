// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static io.cytolog.image.HeaderReader.rejected;
import static io.cytolog.image.RejectionReason.CORRUPT;
import static io.cytolog.image.RejectionReason.TOO_MANY_PIXELS;
import static io.cytolog.image.RejectionReason.TRUNCATED;
import static io.cytolog.image.RejectionReason.UNSUPPORTED_FORMAT;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads the first image file directory of a TIFF after TIFF 6.0 and sees that its strips or tiles
 * are there. Owned by one call.
 */
final class TiffHeader {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final Set<Integer> READ =
            Set.of(
                    WIDTH,
                    HEIGHT,
                    BITS,
                    COMPRESSION,
                    STRIP_OFFSETS,
                    SAMPLES,
                    STRIP_LENGTHS,
                    TILE_WIDTH,
                    TILE_HEIGHT,
                    TILE_OFFSETS,
                    TILE_LENGTHS);

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int OLD_JPEG = 6;
    private static final int MAX_ENTRIES = 512;
    private static final int NEXT_DIRECTORY = 4;
    private static final int MAX_VALUES = 1 << 16;
    private static final int MAX_SAMPLES = 4;
    private static final long MAX_TILE_SIDE = 8192;

    private final ByteBuffer in;
    private final Map<Integer, long[]> tags = new HashMap<>();

    private TiffHeader(ByteBuffer in) {
        this.in = in;
    }

    static ImageHeader read(ByteBuffer bytes) throws RejectedImageException {
        ByteBuffer in = bytes.duplicate();
        in.order(in.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (HeaderReader.u16(in, 2) == 43) {
            throw rejected(UNSUPPORTED_FORMAT, "the file is a BigTIFF; send tiles as classic TIFF");
        }
        return new TiffHeader(in).directory(in.getInt(4) & 0xFFFFFFFFL);
    }

    private ImageHeader directory(long at) throws RejectedImageException {
        need(at, 2);
        int entries = HeaderReader.u16(in, (int) at);
        if (entries > MAX_ENTRIES) {
            throw rejected(
                    CORRUPT, "the TIFF's first directory claims %d entries".formatted(entries));
        }
        need(at + 2, 12L * entries + NEXT_DIRECTORY);
        for (int i = 0; i < entries; i++) {
            entry((int) at + 2 + 12 * i);
        }
        checkLayout();
        checkData();
        return HeaderReader.positive(
                new ImageHeader(ImageFormat.TIFF, side(WIDTH), side(HEIGHT), bits()));
    }

    /** Readers differ in which of two equal tags they believe, so a second one is refused. */
    private void entry(int at) throws RejectedImageException {
        int tag = HeaderReader.u16(in, at);
        if (READ.contains(tag) && tags.put(tag, values(at)) != null) {
            throw rejected(CORRUPT, "the TIFF has tag %d twice".formatted(tag));
        }
    }

    private long[] values(int at) throws RejectedImageException {
        int type = HeaderReader.u16(in, at + 2);
        long count = in.getInt(at + 4) & 0xFFFFFFFFL;
        if (type != SHORT && type != LONG || count < 1 || count > MAX_VALUES) {
            throw rejected(
                    CORRUPT,
                    "the TIFF's tag %d has %,d values of type %d"
                            .formatted(HeaderReader.u16(in, at), count, type));
        }
        int size = type == SHORT ? 2 : 4;
        long from = count * size <= 4 ? at + 8 : in.getInt(at + 8) & 0xFFFFFFFFL;
        need(from, count * size);
        long[] values = new long[(int) count];
        for (int i = 0; i < values.length; i++) {
            int p = (int) from + i * size;
            values[i] = type == SHORT ? HeaderReader.u16(in, p) : in.getInt(p) & 0xFFFFFFFFL;
        }
        return values;
    }

    private void checkLayout() throws RejectedImageException {
        if (first(SAMPLES, 1) > MAX_SAMPLES || first(COMPRESSION, 1) == OLD_JPEG) {
            throw rejected(
                    UNSUPPORTED_FORMAT,
                    "the TIFF has %d samples a pixel and compression %d; send 1 to 4 samples, not old-style JPEG"
                            .formatted(first(SAMPLES, 1), first(COMPRESSION, 1)));
        }
        if (bits() > 16) {
            throw rejected(
                    UNSUPPORTED_FORMAT,
                    "the TIFF has %d bits a sample; send 8 or 16".formatted(bits()));
        }
        long tile = Math.max(first(TILE_WIDTH, 0), first(TILE_HEIGHT, 0));
        if (tile > MAX_TILE_SIDE) {
            throw rejected(
                    TOO_MANY_PIXELS,
                    "the TIFF has tiles of %,d px a side, the bound is %,d"
                            .formatted(tile, MAX_TILE_SIDE));
        }
    }

    private void checkData() throws RejectedImageException {
        boolean tiled = tags.containsKey(TILE_OFFSETS);
        long[] offsets = tags.getOrDefault(tiled ? TILE_OFFSETS : STRIP_OFFSETS, new long[0]);
        long[] lengths = tags.getOrDefault(tiled ? TILE_LENGTHS : STRIP_LENGTHS, new long[0]);
        if (offsets.length == 0 || offsets.length != lengths.length) {
            throw rejected(CORRUPT, "the TIFF does not say where its pixels are");
        }
        for (int i = 0; i < offsets.length; i++) {
            need(offsets[i], lengths[i]);
        }
    }

    private int side(int tag) {
        return (int) Math.min(first(tag, 0), Integer.MAX_VALUE);
    }

    private int bits() {
        long most = Arrays.stream(tags.getOrDefault(BITS, new long[] {1})).max().orElse(1);
        return (int) Math.min(most, Integer.MAX_VALUE);
    }

    private long first(int tag, long otherwise) {
        return tags.getOrDefault(tag, new long[] {otherwise})[0];
    }

    private void need(long from, long length) throws RejectedImageException {
        if (from + length > in.limit()) {
            throw rejected(
                    TRUNCATED,
                    "the TIFF points to byte %,d of %,d; send the image again"
                            .formatted(from + length, in.limit()));
        }
    }
}
