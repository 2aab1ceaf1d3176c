// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.model.v251.datatype.NM;
import ca.uhn.hl7v2.model.v251.datatype.ST;
import ca.uhn.hl7v2.model.v251.datatype.TX;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import io.cytolog.event.FindingCount;
import io.cytolog.event.SentenceCount;
import io.cytolog.event.SlideSummarised;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Appends a summary's OBX segments in a fixed order. Codes are the laboratory's own: none is
 * invented for LOINC or SNOMED.
 */
final class Observations {
    private static final String CELLS = "{cells}";

    private final ORU_R01_ORDER_OBSERVATION order;
    private final String time;
    private int written;

    Observations(ORU_R01_ORDER_OBSERVATION order, String time) {
        this.order = order;
        this.time = time;
    }

    void add(SlideSummarised summary) throws HL7Exception {
        count("IMAGES", "Images annotated", "", summary.getImages(), "{images}");
        count("CELLS", "Cells in them", "", summary.getCells(), CELLS);
        findings(summary.getFindings());
        count("ABSTAINED", "Cells without a finding", "", summary.getAbstained(), CELLS);
        count(
                "REVIEW-REQUIRED",
                "Cells that a person must see first",
                "",
                summary.getReviewRequired(),
                CELLS);
        sentences(summary.getSentences());
        releases(summary.getReleaseIds());
    }

    private void findings(List<FindingCount> findings) throws HL7Exception {
        for (int i = 0; i < findings.size(); i++) {
            FindingCount finding = findings.get(i);
            String sub = Integer.toString(i + 1);
            String code = "FINDING." + Text.line(finding.getFinding());
            String display = Text.line(finding.getDisplay());
            count(code, display, sub, finding.getCells(), CELLS);
            double probability = finding.getMeanProbability();
            if (Double.isFinite(probability)) {
                String rounded =
                        BigDecimal.valueOf(probability)
                                .setScale(4, RoundingMode.HALF_EVEN)
                                .toPlainString();
                number("PROBABILITY", "Mean probability of the finding", sub, rounded, "1");
            }
        }
    }

    private void sentences(List<SentenceCount> sentences) throws HL7Exception {
        for (int i = 0; i < sentences.size(); i++) {
            SentenceCount sentence = sentences.get(i);
            String sub = Integer.toString(i + 1);
            TX text = new TX(message());
            text.setValue(Text.line(sentence.getText()));
            observation("SENTENCE", "What the cells look like", sub, "TX", text);
            count("SENTENCE-CELLS", "Cells that it fits best", sub, sentence.getCells(), CELLS);
        }
    }

    private void releases(List<String> releases) throws HL7Exception {
        for (int i = 0; i < releases.size(); i++) {
            ST id = new ST(message());
            id.setValue(Text.line(releases.get(i)));
            observation(
                    "RELEASE", "Model release that answered", Integer.toString(i + 1), "ST", id);
        }
    }

    private void count(String code, String text, String sub, long count, String unit)
            throws HL7Exception {
        number(code, text, sub, Long.toString(count), unit);
    }

    private void number(String code, String text, String sub, String value, String unit)
            throws HL7Exception {
        NM number = new NM(message());
        number.setValue(value);
        OBX obx = observation(code, text, sub, "NM", number);
        obx.getUnits().getIdentifier().setValue(unit);
        obx.getUnits().getNameOfCodingSystem().setValue("UCUM");
    }

    private OBX observation(String code, String text, String sub, String type, Type value)
            throws HL7Exception {
        OBX obx = order.getOBSERVATION(written++).getOBX();
        obx.getSetIDOBX().setValue(Integer.toString(written));
        obx.getValueType().setValue(type);
        obx.getObservationIdentifier().getIdentifier().setValue(code);
        obx.getObservationIdentifier().getText().setValue(text);
        obx.getObservationIdentifier().getNameOfCodingSystem().setValue(SummaryMessage.CODE_SYSTEM);
        obx.getObservationSubID().setValue(sub);
        obx.getObservationValue(0).setData(value);
        obx.getObservationResultStatus().setValue(SummaryMessage.PRELIMINARY);
        obx.getDateTimeOfTheAnalysis().getTime().setValue(time);
        return obx;
    }

    private ORU_R01 message() {
        return (ORU_R01) order.getMessage();
    }
}
