// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static io.cytolog.image.HeaderReader.rejected;
import static io.cytolog.image.HeaderReader.u16;
import static io.cytolog.image.HeaderReader.u8;
import static io.cytolog.image.RejectionReason.CORRUPT;
import static io.cytolog.image.RejectionReason.TRUNCATED;
import static io.cytolog.image.RejectionReason.UNSUPPORTED_FORMAT;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the markers of a JPEG after ITU-T T.81, through every scan to the end marker, and sees that
 * every coefficient was sent to its last bit: a decoder would fill what is missing with grey. Owned
 * by one call.
 */
final class JpegHeader {

    private static final int SOS = 0xDA;
    private static final int EOI = 0xD9;
    private static final int PROGRESSIVE = 0xC2;
    private static final int COEFFICIENTS = 64;

    private final ByteBuffer in;
    private @Nullable ImageHeader header;
    private boolean progressive;
    private int[] components = {};

    /** Lowest bit sent, by component and coefficient; the highest int where nothing was. */
    private int[][] sent = {};

    JpegHeader(ByteBuffer in) {
        this.in = in;
    }

    ImageHeader read() throws RejectedImageException {
        int at = 2;
        while (at + 2 <= in.limit()) {
            if (u8(in, at) != 0xFF) {
                throw rejected(CORRUPT, "the JPEG has no marker at byte " + at);
            }
            int marker = u8(in, at + 1);
            if (marker == EOI) {
                return complete();
            }
            if (marker == 0xFF || standsAlone(marker)) {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }
            at = segment(at, marker);
        }
        throw truncated();
    }

    private static boolean standsAlone(int marker) {
        return marker == 0x01 || marker >= 0xD0 && marker <= 0xD7;
    }

    /** Reads a segment and for a scan what follows it; returns where the next marker stands. */
    private int segment(int at, int marker) throws RejectedImageException {
        if (at + 4 > in.limit()) {
            throw truncated();
        }
        int length = u16(in, at + 2);
        if (length < 2) {
            throw rejected(CORRUPT, "the JPEG has a segment of length " + length);
        }
        int next = at + 2 + length;
        if (next > in.limit()) {
            throw truncated();
        }
        if (isStartOfFrame(marker)) {
            frame(at, length, marker);
        }
        if (marker == SOS) {
            scan(at, length);
            return afterScan(next);
        }
        return next;
    }

    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private void frame(int at, int length, int marker) throws RejectedImageException {
        if (marker != 0xC0 && marker != 0xC1 && marker != 0xC2) {
            throw unsupported("coding process 0x%X".formatted(marker));
        }
        if (header != null) {
            throw rejected(CORRUPT, "the JPEG has two frame headers");
        }
        int count = length < 8 ? 0 : u8(in, at + 9);
        if (length < 8 + 3 * count || count == 0) {
            throw rejected(CORRUPT, "the JPEG's frame header is too short");
        }
        if (count != 1 && count != 3) {
            throw unsupported(count + " colour components");
        }
        if (u8(in, at + 4) != 8) {
            throw unsupported(u8(in, at + 4) + " bits");
        }
        header =
                HeaderReader.positive(
                        new ImageHeader(
                                ImageFormat.JPEG,
                                u16(in, at + 7),
                                u16(in, at + 5),
                                u8(in, at + 4)));
        progressive = marker == PROGRESSIVE;
        components = new int[count];
        sent = new int[count][COEFFICIENTS];
        for (int c = 0; c < count; c++) {
            components[c] = u8(in, at + 10 + 3 * c);
            Arrays.fill(sent[c], Integer.MAX_VALUE);
        }
    }

    private void scan(int at, int length) throws RejectedImageException {
        if (header == null) {
            throw rejected(CORRUPT, "the JPEG has a scan before its frame header");
        }
        int count = length < 3 ? 0 : u8(in, at + 4);
        if (length < 6 + 2 * count || count == 0) {
            throw rejected(CORRUPT, "the JPEG's scan header is too short");
        }
        int spectral = at + 5 + 2 * count;
        int first = progressive ? u8(in, spectral) : 0;
        int last =
                progressive ? Math.min(u8(in, spectral + 1), COEFFICIENTS - 1) : COEFFICIENTS - 1;
        int lowestBit = progressive ? u8(in, spectral + 2) & 0xF : 0;
        for (int s = 0; s < count; s++) {
            int id = u8(in, at + 5 + 2 * s);
            for (int c = 0; c < components.length; c++) {
                for (int k = first; k <= last && components[c] == id; k++) {
                    sent[c][k] = Math.min(sent[c][k], lowestBit);
                }
            }
        }
    }

    /** Inside a scan 0xFF is followed by 0 or a restart marker; any other marker ends it. */
    private int afterScan(int from) throws RejectedImageException {
        for (int at = from; at + 1 < in.limit(); at++) {
            if (in.get(at) == (byte) 0xFF) {
                int next = u8(in, at + 1);
                if (next != 0 && next != 0xFF && !standsAlone(next)) {
                    return at;
                }
            }
        }
        throw truncated();
    }

    private ImageHeader complete() throws RejectedImageException {
        if (header == null) {
            throw rejected(CORRUPT, "the JPEG ends without a frame header");
        }
        for (int[] component : sent) {
            for (int lowestBit : component) {
                if (lowestBit != 0) {
                    throw truncated();
                }
            }
        }
        return header;
    }

    private static RejectedImageException unsupported(String what) {
        return rejected(
                UNSUPPORTED_FORMAT,
                "the JPEG uses %s; send 8-bit baseline or progressive JPEG, grey or colour"
                        .formatted(what));
    }

    private RejectedImageException truncated() {
        return rejected(
                TRUNCATED,
                "the JPEG ends before its pixels do, at %,d bytes; send the image again"
                        .formatted(in.limit()));
    }
}
