// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Reads accession, specimen and slide from a file's path relative to the root. Immutable. */
final class PathRule {
    private static final Set<String> GROUPS =
            Set.of("accession", "specimen", "slide", "field", "priority");

    private final @Nullable Pattern pattern;
    private final String rootName;

    private PathRule(@Nullable Pattern pattern, String rootName) {
        this.pattern = pattern;
        this.rootName = rootName;
    }

    /**
     * @param regex with named groups, {@code slide} among them; empty for the rule by folders
     * @param rootName slide id of a file that lies in the root itself
     */
    static PathRule of(String regex, String rootName) {
        return new PathRule(regex.isEmpty() ? null : checked(regex), rootName);
    }

    SlideAddress place(String path) {
        return pattern == null ? byFolders(path) : byPattern(pattern.matcher(path), path);
    }

    /**
     * The last three folders are accession, specimen, slide; of two, the first is the accession.
     */
    private SlideAddress byFolders(String path) {
        String folder = Sighting.folderOf(path);
        if (folder.isEmpty()) {
            return new SlideAddress("", "", rootName, null, false, true);
        }
        String[] parts = folder.split("/");
        int last = parts.length - 1;
        return switch (parts.length) {
            case 1 -> new SlideAddress("", "", parts[0], null, false, true);
            case 2 -> new SlideAddress(parts[0], "", parts[1], null, false, true);
            default ->
                    new SlideAddress(
                            parts[last - 2], parts[last - 1], parts[last], null, false, true);
        };
    }

    private SlideAddress byPattern(Matcher matcher, String path) {
        if (!matcher.matches() || group(matcher, "slide").isEmpty()) {
            // Guessing a case from a path that breaks the rule could credit it to the wrong
            // patient: the image goes on, under its folder, without an accession.
            String folder = Sighting.folderOf(path);
            String slide = folder.isEmpty() ? rootName : folder;
            return new SlideAddress("", "", slide, null, false, false);
        }
        String field = group(matcher, "field");
        return new SlideAddress(
                group(matcher, "accession"),
                group(matcher, "specimen"),
                group(matcher, "slide"),
                field.isEmpty() ? null : field,
                group(matcher, "priority").equalsIgnoreCase("STAT"),
                true);
    }

    private static String group(Matcher matcher, String name) {
        if (!matcher.namedGroups().containsKey(name)) {
            return "";
        }
        String text = matcher.group(name);
        return text == null ? "" : text;
    }

    private static Pattern checked(String regex) {
        Pattern pattern = Pattern.compile(regex);
        Map<String, Integer> named = pattern.namedGroups();
        if (!named.containsKey("slide") || !GROUPS.containsAll(named.keySet())) {
            throw new PatternSyntaxException(
                    "named groups are %s; give slide and any of %s"
                            .formatted(new TreeSet<>(named.keySet()), new TreeSet<>(GROUPS)),
                    regex,
                    -1);
        }
        return pattern;
    }

    /** Refuses a regex that could never place a file. */
    static final ConfigDef.Validator VALIDATOR =
            (name, value) -> {
                try {
                    of((String) value, "root");
                } catch (PatternSyntaxException e) {
                    throw new ConfigException(
                            name, value, e.getMessage().lines().findFirst().get());
                }
            };
}
