// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.log;

/** Where a record stands in its topic; written {@code 2@1745}. */
public record Position(int partition, long offset) {

    /**
     * @throws IllegalArgumentException when it is not written so
     */
    public static Position parse(String text) {
        String[] parts = text.substring(text.lastIndexOf('-') + 1).split("@", -1);
        try {
            if (parts.length == 2) {
                return new Position(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "'%s' is no position; give PARTITION@OFFSET, such as 2@1745".formatted(text));
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
