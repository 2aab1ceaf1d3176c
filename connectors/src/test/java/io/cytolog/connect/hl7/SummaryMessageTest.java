// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.cytolog.connect.result.Summaries;
import io.cytolog.event.SlideStatus;
import io.cytolog.event.SlideSummarised;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The message, read back by HAPI's own validating parser. */
class SummaryMessageTest {
    private static final Hl7Parties PARTIES = new Hl7Parties("LAB 1", "LIS", "LAB 1", "T");

    @Test
    void readsBackAsAnOruWithTheCaseAndTheSlide() throws Exception {
        // When
        ORU_R01 message = parsed(text(Summaries.summary().build()));
        // Then
        assertThat(message.getMSH().getMessageType().encode()).isEqualTo("ORU^R01^ORU_R01");
        assertThat(message.getMSH().getVersionID().encode()).isEqualTo("2.5.1");
        assertThat(message.getMSH().getProcessingID().encode()).isEqualTo("T");
        assertThat(message.getMSH().getCharacterSet(0).getValue()).isEqualTo("UNICODE UTF-8");
        assertThat(message.getMSH().getMessageControlID().getValue().length())
                .isLessThanOrEqualTo(20);
        var obr = order(message).getOBR();
        assertThat(obr.getPlacerOrderNumber().encode()).isEqualTo("SYN-26-0001");
        assertThat(obr.getFillerOrderNumber().encode()).isEqualTo("SYN-26-0001-A-1^CYTOLOG");
        assertThat(obr.getObservationDateTime().encode()).isEqualTo("20260301101530.250+0000");
        assertThat(order(message).getNTE().getComment(0).getValue())
                .isEqualTo("Preliminary; research and decision support; not a diagnosis");
        assertThat(order(message).getSPECIMEN().getSPM().getSpecimenID().encode()).isEqualTo("^A");
    }

    @Test
    void countsFindingsAbstentionsAndReviews() throws Exception {
        // When
        ORU_R01 message = parsed(text(Summaries.summary().build()));
        // Then
        assertThat(values(message))
                .containsSubsequence(
                        "IMAGES/=6",
                        "CELLS/=14",
                        "FINDING.neutrophil_segmented/1=9",
                        "PROBABILITY/1=0.9134",
                        "FINDING.blast/2=3",
                        "PROBABILITY/2=0.7100",
                        "ABSTAINED/=2",
                        "REVIEW-REQUIRED/=1")
                .contains("SENTENCE-CELLS/1=8", "RELEASE/1=" + Summaries.RELEASE);
        assertThat(observations(message))
                .allSatisfy(
                        obx ->
                                assertThat(
                                                obx.getObservationIdentifier()
                                                        .getNameOfCodingSystem()
                                                        .getValue())
                                        .isEqualTo("99CYT"));
    }

    @Test
    void escapesTextSoThatItReadsBackAndBreaksNoSegment() throws Exception {
        // When
        String text = text(Summaries.summary().build());
        // Then
        assertThat(text).doesNotContain("\n").contains("3\\F\\4 lobes \\T\\ fine\\S\\granules");
        assertThat(values(parsed(text)))
                .contains(
                        "SENTENCE/1=Nucleus with 3|4 lobes & fine^granules",
                        "SENTENCE/2=Zwei Zeilen \\ Öl~Tropfen");
        assertThat(text.split("\r"))
                .allSatisfy(s -> assertThat(s).matches("[A-Z][A-Z0-9]{2}\\|.*"));
    }

    @ParameterizedTest
    @EnumSource
    void isPreliminaryWhateverTheSummaryClaims(SlideStatus status) throws Exception {
        // When
        ORU_R01 message = parsed(text(Summaries.summary().setStatus(status).build()));
        // Then
        assertThat(order(message).getOBR().getResultStatus().getValue()).isEqualTo("P");
        assertThat(observations(message))
                .isNotEmpty()
                .allSatisfy(
                        obx ->
                                assertThat(obx.getObservationResultStatus().getValue())
                                        .isEqualTo("P"));
    }

    @Test
    void namesNoPatient() throws Exception {
        // When
        ORU_R01 message = parsed(text(Summaries.summary().build()));
        // Then
        assertThat(message.getPATIENT_RESULT().getPATIENT().getPID().encode())
                .isEqualTo("PID|1||||^^^^^^U");
    }

    @Test
    void writesTheSameBytesForTheSameSummary() throws Exception {
        assertThat(text(Summaries.summary().build())).isEqualTo(text(Summaries.summary().build()));
        assertThat(text(Summaries.summary().setRevision(4L).build()))
                .isNotEqualTo(text(Summaries.summary().build()));
    }

    @Test
    void takesLongSentencesAndASlideWithoutCells() throws Exception {
        // Given
        String sentence = "large round nucleus ".repeat(100);
        SlideSummarised.Builder summary =
                Summaries.summary().setAccession("").setSpecimen("").setFindings(List.of());
        summary.setSentences(
                List.of(new io.cytolog.event.SentenceCount("s", sentence.strip(), 1L)));
        // When
        ORU_R01 message = parsed(text(summary.build()));
        // Then
        assertThat(values(message)).contains("SENTENCE/1=" + sentence.strip());
    }

    private static String text(SlideSummarised summary) {
        try (SummaryMessage message = new SummaryMessage(PARTIES)) {
            return message.of(summary);
        }
    }

    private static ORU_R01 parsed(String text) throws Exception {
        try (HapiContext context = new DefaultHapiContext()) {
            context.setValidationContext(ValidationContextFactory.defaultValidation());
            return (ORU_R01) context.getPipeParser().parse(text);
        }
    }

    private static ORU_R01_ORDER_OBSERVATION order(ORU_R01 message) {
        return message.getPATIENT_RESULT().getORDER_OBSERVATION();
    }

    private static List<OBX> observations(ORU_R01 message) throws Exception {
        List<OBX> all = new ArrayList<>();
        for (var observation : order(message).getOBSERVATIONAll()) {
            all.add(observation.getOBX());
        }
        return all;
    }

    private static List<String> values(ORU_R01 message) throws Exception {
        List<String> values = new ArrayList<>();
        for (OBX obx : observations(message)) {
            String sub = obx.getObservationSubID().getValue();
            values.add(
                    "%s/%s=%s"
                            .formatted(
                                    obx.getObservationIdentifier().getIdentifier().getValue(),
                                    sub == null ? "" : sub,
                                    obx.getObservationValue(0).getData().toString()));
        }
        return values;
    }
}
