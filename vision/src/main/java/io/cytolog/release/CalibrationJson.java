// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cytolog.bank.Calibration;

/** A calibration, whose offsets are left out where there are none. */
final class CalibrationJson {

    private static final String OFFSETS = "findingOffsets";

    private CalibrationJson() {}

    /**
     * @param strict reads and writes every setting
     */
    static SimpleModule module(JsonMapper strict) {
        return LaterSettings.module(
                strict, Calibration.class, CalibrationJson::written, CalibrationJson::completed);
    }

    private static ObjectNode written(ObjectNode calibration) {
        if (calibration.path(OFFSETS).isEmpty()) {
            calibration.remove(OFFSETS);
        }
        return calibration;
    }

    private static ObjectNode completed(ObjectNode calibration) {
        if (!calibration.has(OFFSETS)) {
            calibration.putObject(OFFSETS);
        }
        return calibration;
    }
}
