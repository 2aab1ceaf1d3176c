// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cytolog.image.Recipe;

/** A recipe, whose later settings are left out where they change nothing. */
final class RecipeJson {

    private static final String DECODE_REDUCTION = "decodeReduction";
    private static final String CLAHE_ADAPTIVE = "claheAdaptive";
    private static final String STAIN = "stain";
    private static final String WHITE_LEVEL = "whiteLevel";

    private RecipeJson() {}

    /**
     * @param strict reads and writes every setting
     */
    static SimpleModule module(JsonMapper strict) {
        return LaterSettings.module(
                strict, Recipe.class, RecipeJson::written, RecipeJson::completed);
    }

    private static ObjectNode written(ObjectNode recipe) {
        if (recipe.path(DECODE_REDUCTION).asInt() == 1) {
            recipe.remove(DECODE_REDUCTION);
        }
        if (!recipe.path(CLAHE_ADAPTIVE).asBoolean()) {
            recipe.remove(CLAHE_ADAPTIVE);
        }
        if (recipe.path(STAIN).path("means").isEmpty()) {
            recipe.remove(STAIN);
        }
        if (recipe.path(WHITE_LEVEL).asDouble() == 0) {
            recipe.remove(WHITE_LEVEL);
        }
        return recipe;
    }

    private static ObjectNode completed(ObjectNode recipe) {
        if (!recipe.has(DECODE_REDUCTION)) {
            recipe.put(DECODE_REDUCTION, 1);
        }
        if (!recipe.has(CLAHE_ADAPTIVE)) {
            recipe.put(CLAHE_ADAPTIVE, false);
        }
        if (!recipe.has(STAIN)) {
            ObjectNode none = recipe.putObject(STAIN);
            none.putArray("means");
            none.putArray("deviations");
        }
        if (!recipe.has(WHITE_LEVEL)) {
            recipe.put(WHITE_LEVEL, 0);
        }
        return recipe;
    }
}
