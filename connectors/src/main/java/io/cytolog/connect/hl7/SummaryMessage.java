// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_PATIENT_RESULT;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.MSH;
import ca.uhn.hl7v2.model.v251.segment.NTE;
import ca.uhn.hl7v2.model.v251.segment.OBR;
import ca.uhn.hl7v2.model.v251.segment.PID;
import io.cytolog.event.SlideSummarised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * Writes summaries as ORU^R01, the same bytes for the same summary. Every result status is P: this
 * version has no path by which a person's decision could make a message final. Owned by one thread.
 */
public final class SummaryMessage implements AutoCloseable {
    /** The warning that goes with every result, in whatever shape it leaves. */
    public static final String NOTICE =
            "Preliminary; research and decision support; not a diagnosis";

    static final String CODE_SYSTEM = "99CYT";
    static final String PRELIMINARY = "P";

    private static final String APPLICATION = "CYTOLOG";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSxx").withZone(ZoneOffset.UTC);

    private final Hl7Parties parties;
    private final HapiContext context = new DefaultHapiContext();

    public SummaryMessage(Hl7Parties parties) {
        this.parties = parties;
    }

    /**
     * The message with carriage returns between segments, as the standard wants; to be sent as
     * UTF-8.
     */
    public String of(SlideSummarised summary) {
        try {
            ORU_R01 message = new ORU_R01();
            header(message.getMSH(), summary);
            ORU_R01_PATIENT_RESULT patient = message.getPATIENT_RESULT();
            identity(patient.getPATIENT().getPID());
            ORU_R01_ORDER_OBSERVATION order = patient.getORDER_OBSERVATION();
            request(order.getOBR(), summary);
            notice(order.getNTE());
            new Observations(order, time(summary.getLastEmittedAt())).add(summary);
            specimen(order, summary);
            return context.getPipeParser().encode(message);
        } catch (HL7Exception e) {
            throw new IllegalStateException("HAPI refused a summary: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            context.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void header(MSH msh, SlideSummarised summary) throws HL7Exception {
        msh.getFieldSeparator().setValue("|");
        msh.getEncodingCharacters().setValue("^~\\&");
        msh.getSendingApplication().getNamespaceID().setValue(APPLICATION);
        msh.getSendingFacility().getNamespaceID().setValue(parties.sendingFacility());
        msh.getReceivingApplication().getNamespaceID().setValue(parties.receivingApplication());
        msh.getReceivingFacility().getNamespaceID().setValue(parties.receivingFacility());
        msh.getDateTimeOfMessage().getTime().setValue(time(summary.getLastEmittedAt()));
        msh.getMessageType().getMessageCode().setValue("ORU");
        msh.getMessageType().getTriggerEvent().setValue("R01");
        msh.getMessageType().getMessageStructure().setValue("ORU_R01");
        msh.getMessageControlID().setValue(controlId(summary));
        msh.getProcessingID().getProcessingID().setValue(parties.processingId());
        msh.getVersionID().getVersionID().setValue("2.5.1");
        msh.getCharacterSet(0).setValue("UNICODE UTF-8");
    }

    /** Cytolog knows no patient; the receiver finds the person by the accession in OBR. */
    private static void identity(PID pid) throws HL7Exception {
        pid.getSetIDPID().setValue("1");
        pid.getPatientName(0).getNameTypeCode().setValue("U");
    }

    private static void request(OBR obr, SlideSummarised summary) throws HL7Exception {
        obr.getSetIDOBR().setValue("1");
        obr.getPlacerOrderNumber()
                .getEntityIdentifier()
                .setValue(Text.line(summary.getAccession()));
        obr.getFillerOrderNumber().getEntityIdentifier().setValue(Text.line(summary.getSlide()));
        obr.getFillerOrderNumber().getNamespaceID().setValue(APPLICATION);
        obr.getUniversalServiceIdentifier().getIdentifier().setValue("CELL-FINDINGS");
        obr.getUniversalServiceIdentifier().getText().setValue("Cell findings of a slide");
        obr.getUniversalServiceIdentifier().getNameOfCodingSystem().setValue(CODE_SYSTEM);
        obr.getObservationDateTime().getTime().setValue(time(summary.getFirstCapturedAt()));
        obr.getResultsRptStatusChngDateTime().getTime().setValue(time(summary.getLastEmittedAt()));
        obr.getResultStatus().setValue(PRELIMINARY);
    }

    private static void notice(NTE nte) throws HL7Exception {
        nte.getSetIDNTE().setValue("1");
        nte.getSourceOfComment().setValue("L");
        nte.getComment(0).setValue(NOTICE);
    }

    private static void specimen(ORU_R01_ORDER_OBSERVATION order, SlideSummarised summary)
            throws HL7Exception {
        if (summary.getSpecimen().isEmpty()) {
            return;
        }
        var spm = order.getSPECIMEN().getSPM();
        spm.getSetIDSPM().setValue("1");
        spm.getSpecimenID()
                .getFillerAssignedIdentifier()
                .getEntityIdentifier()
                .setValue(Text.line(summary.getSpecimen()));
    }

    /** At most 20 characters, and the same when the same revision is written again. */
    private static String controlId(SlideSummarised summary) {
        String identity =
                "%s/%d/%s"
                        .formatted(
                                summary.getSlide(),
                                summary.getRevision(),
                                summary.getLastEmittedAt());
        UUID hash = UUID.nameUUIDFromBytes(Text.utf8(identity));
        return "C%016X".formatted(hash.getMostSignificantBits() ^ hash.getLeastSignificantBits());
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
