// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Key of a record: the slide. A record without a key has {@link #NONE}, since a reduce drops null
 * keys, and with them the tick that guards the image.
 */
public final class SlideKey {

    /** Of a record that came without a key. */
    public static final SlideKey NONE = new SlideKey(null);

    private final @Nullable String slide;

    private SlideKey(@Nullable String slide) {
        this.slide = slide;
    }

    public static SlideKey of(String slide) {
        return new SlideKey(slide);
    }

    /** This key, or for {@link #NONE} the slide that the value names; NONE where it names none. */
    public SlideKey or(String slideOfValue) {
        return slide != null || slideOfValue.isEmpty() ? this : of(slideOfValue);
    }

    @Nullable String slide() {
        return slide;
    }

    public boolean isNone() {
        return slide == null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlideKey that && Objects.equals(slide, that.slide);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(slide);
    }

    @Override
    public String toString() {
        return slide == null ? "(no slide)" : slide;
    }
}
