// Licensed under the Apache License, Version 2.0.
package io.cytolog.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a text setting must look like. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Matching {

    /** Regular expression for the whole text. */
    String value();

    /** What to give, in words. */
    String give();
}
