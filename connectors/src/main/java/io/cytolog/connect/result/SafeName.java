// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.result;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes a file name of an id that may hold anything: slashes, dots, or a path out of the folder.
 */
final class SafeName {
    private static final int LONGEST = 120;
    private static final int KEPT = 80;
    private static final int HASH_BYTES = 8;

    /** Names that Windows keeps for devices, whatever follows the dot. */
    private static final Pattern DEVICE =
            Pattern.compile("(CON|PRN|AUX|NUL|COM\\d|LPT\\d)(\\..*)?", Pattern.CASE_INSENSITIVE);

    private SafeName() {}

    /** Letters, digits, dash, underscore and inner dots stay; every other byte becomes %XX. */
    static String of(String id) {
        var name = new StringBuilder();
        for (byte unit : id.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xFF);
            if (plain(c) && !(c == '.' && name.isEmpty())) {
                name.append(c);
            } else {
                name.append('%').append("%02X".formatted((int) c));
            }
        }
        if (name.isEmpty() || DEVICE.matcher(name).matches()) {
            name.insert(0, '%');
        }
        return name.length() <= LONGEST
                ? name.toString()
                : name.substring(0, KEPT) + '~' + hash(id);
    }

    private static boolean plain(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '_'
                || c == '.';
    }

    private static String hash(String id) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES).toLowerCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
