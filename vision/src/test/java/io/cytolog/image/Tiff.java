// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes small TIFF files entry by entry, also wrong ones. */
final class Tiff {

    private static final int DATA = 8;

    private record Entry(int tag, int type, long count, long value) {}

    private final ByteOrder order;
    private final List<Entry> entries = new ArrayList<>();
    private int pixels;

    Tiff(ByteOrder order) {
        this.order = order;
    }

    /** One strip of 8-bit grey. */
    Tiff grey(int width, int height) {
        pixels = width * height;
        entries.add(new Entry(256, 4, 1, width));
        entries.add(new Entry(257, 4, 1, height));
        entries.add(new Entry(258, 4, 1, 8));
        entries.add(new Entry(259, 4, 1, 1));
        entries.add(new Entry(262, 4, 1, 1));
        entries.add(new Entry(273, 4, 1, DATA));
        entries.add(new Entry(277, 4, 1, 1));
        entries.add(new Entry(278, 4, 1, height));
        entries.add(new Entry(279, 4, 1, pixels));
        return this;
    }

    /** The same file with one tag changed. */
    Tiff with(int tag, int type, long count, long value) {
        Tiff changed = copy();
        changed.entries.replaceAll(e -> e.tag() == tag ? new Entry(tag, type, count, value) : e);
        return changed;
    }

    /** The same file with one tag more. */
    Tiff and(int tag, int type, long count, long value) {
        Tiff changed = copy();
        changed.entries.add(new Entry(tag, type, count, value));
        return changed;
    }

    byte[] bytes() {
        ByteBuffer out =
                ByteBuffer.allocate(DATA + pixels + 2 + 12 * entries.size() + 4).order(order);
        out.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'));
        out.put(out.get(0)).putShort((short) 42).putInt(DATA + pixels);
        for (int i = 0; i < pixels; i++) {
            out.put((byte) i);
        }
        out.putShort((short) entries.size());
        for (Entry entry : entries) {
            out.putShort((short) entry.tag()).putShort((short) entry.type());
            out.putInt((int) entry.count()).putInt((int) entry.value());
        }
        return out.putInt(0).array();
    }

    private Tiff copy() {
        Tiff copy = new Tiff(order);
        copy.entries.addAll(entries);
        copy.pixels = pixels;
        return copy;
    }
}
