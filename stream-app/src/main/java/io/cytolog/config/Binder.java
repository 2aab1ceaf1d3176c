// Licensed under the Apache License, Version 2.0.
package io.cytolog.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Binds a tree of texts to a tree of records and gathers every fault on the way. Used once, by one
 * thread.
 */
final class Binder {

    private final List<String> faults = new ArrayList<>();

    List<String> faults() {
        return faults;
    }

    /** The record; null when something in it is at fault. */
    <R extends Record> @Nullable R bind(Class<R> section, JsonNode node, String path) {
        RecordComponent[] components = section.getRecordComponents();
        List<String> keys = Arrays.stream(components).map(Settings::keyOf).toList();
        checkKeys(node, keys, path);
        @Nullable Object[] values = new Object[components.length];
        boolean whole = true;
        for (int i = 0; i < components.length; i++) {
            values[i] =
                    value(components[i], node.path(keys.get(i)), Settings.under(path, keys.get(i)));
            whole &= values[i] != null;
        }
        return whole ? construct(section, components, values) : null;
    }

    private void checkKeys(JsonNode node, List<String> keys, String path) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!keys.contains(field.getKey())) {
                String unknown = Settings.under(path, field.getKey());
                String remedy =
                        Settings.nearest(field.getKey(), keys)
                                .map(key -> "did you mean %s?".formatted(Settings.under(path, key)))
                                .or(() -> elsewhere(field.getKey()))
                                .orElse("known here: " + String.join(", ", keys));
                faults.add("%s is not a setting; %s".formatted(unknown, remedy));
            }
        }
    }

    private static Optional<String> elsewhere(String key) {
        return Settings.paths(AppConfig.class, "").stream()
                .filter(path -> path.endsWith("." + key))
                .findFirst()
                .map("did you mean %s?"::formatted);
    }

    private @Nullable Object value(RecordComponent component, JsonNode node, String path) {
        Class<?> type = component.getType();
        if (Settings.isSection(type)) {
            return section(type.asSubclass(Record.class), node, path);
        }
        if (node.isMissingNode() || node.isNull()) {
            faults.add("%s has no value; give one or leave the line out".formatted(path));
            return null;
        }
        if (type == Map.class) {
            return map(node, path);
        }
        if (type == List.class) {
            return list(itemType(component), node, path);
        }
        return scalar(component, node, path);
    }

    private @Nullable Object section(Class<? extends Record> type, JsonNode node, String path) {
        if (!node.isObject()) {
            faults.add(
                    "%s=%s is not a section; give settings below it"
                            .formatted(path, node.asText()));
            return null;
        }
        return bind(type, node, path);
    }

    private @Nullable Map<String, String> map(JsonNode node, String path) {
        Map<String, String> map = new LinkedHashMap<>();
        boolean whole = node.isObject();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            whole &= entry.getValue().isValueNode();
            map.put(entry.getKey(), entry.getValue().asText());
        }
        if (!whole) {
            faults.add("%s is not a list of names with texts; give name: text".formatted(path));
        }
        return whole ? map : null;
    }

    private @Nullable List<Object> list(Class<?> itemType, JsonNode node, String path) {
        if (!node.isArray()) {
            faults.add("%s=%s is not a list; give [a, b]".formatted(path, node.asText()));
            return null;
        }
        List<Object> list = new ArrayList<>();
        boolean whole = true;
        for (JsonNode item : node) {
            try {
                list.add(parse(itemType, item.asText()));
            } catch (IllegalArgumentException e) {
                faults.add("%s: %s %s".formatted(path, item.asText(), e.getMessage()));
                whole = false;
            }
        }
        return whole ? list : null;
    }

    private static Class<?> itemType(RecordComponent component) {
        ParameterizedType list = (ParameterizedType) component.getGenericType();
        return (Class<?>) list.getActualTypeArguments()[0];
    }

    private @Nullable Object scalar(RecordComponent component, JsonNode node, String path) {
        if (!node.isValueNode()) {
            faults.add("%s is not a single value; give one".formatted(path));
            return null;
        }
        String text = node.asText();
        try {
            Comparable<?> value = parse(component.getType(), text);
            checkBounds(component, value);
            checkForm(component, text);
            return value;
        } catch (IllegalArgumentException e) {
            faults.add("%s=%s %s".formatted(path, text, e.getMessage()));
            return null;
        }
    }

    private static Comparable<?> parse(Type type, String text) {
        return switch (type) {
            case Class<?> c when c == int.class -> number(text, Integer::parseInt);
            case Class<?> c when c == boolean.class -> bool(text);
            case Class<?> c when c == long.class -> number(text, Long::parseLong);
            case Class<?> c when c == Duration.class -> Durations.parse(text);
            case Class<?> c when c == ByteSize.class -> ByteSize.parse(text);
            case Class<?> c when c == Path.class -> path(text);
            case Class<?> c when c.isEnum() -> constant(c, text);
            case Class<?> c when c == String.class -> text;
            default -> throw new IllegalStateException("no settings are of type " + type);
        };
    }

    private static Boolean bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is neither true nor false");
        };
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty; give a path");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a path", e);
        }
    }

    private static <N> N number(String text, Function<String, N> parser) {
        try {
            return parser.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a whole number in range", e);
        }
    }

    private static Comparable<?> constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (constant.toString().equalsIgnoreCase(text)) {
                return (Comparable<?>) constant;
            }
        }
        throw new IllegalArgumentException(
                "is not known; give "
                        + Stream.of(type.getEnumConstants())
                                .map(known -> known.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }

    @SuppressWarnings("unchecked")
    private static void checkBounds(RecordComponent component, Comparable<?> value) {
        Within bounds = component.getAnnotation(Within.class);
        if (bounds == null) {
            return;
        }
        Comparable<Object> comparable = (Comparable<Object>) value;
        if (comparable.compareTo(parse(component.getType(), bounds.least())) < 0
                || comparable.compareTo(parse(component.getType(), bounds.most())) > 0) {
            throw new IllegalArgumentException(
                    "is out of bounds; give %s to %s".formatted(bounds.least(), bounds.most()));
        }
    }

    private static void checkForm(RecordComponent component, String text) {
        Matching form = component.getAnnotation(Matching.class);
        if (form != null && !text.matches(form.value())) {
            throw new IllegalArgumentException("does not fit; give " + form.give());
        }
    }

    private static <R extends Record> R construct(
            Class<R> section, RecordComponent[] components, @Nullable Object[] values) {
        try {
            Class<?>[] types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            Constructor<R> constructor = section.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + section, e);
        }
    }
}
