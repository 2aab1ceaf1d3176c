// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.network.Backbone;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --backbone atto+swin} to a {@link Backbone}. */
final class BackboneConverter implements ITypeConverter<Backbone> {

    static final String DESCRIPTION =
            "atto, femto, pico, nano or tiny; +swin or +wpat behind it for attention in the deep"
                    + " blocks; default ${DEFAULT-VALUE}";

    @Override
    public Backbone convert(String value) {
        return Backbone.named(value)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "no backbone is called '%s'; give atto, femto, pico, nano or tiny, alone or with +swin or +wpat"
                                                .formatted(value)));
    }
}
