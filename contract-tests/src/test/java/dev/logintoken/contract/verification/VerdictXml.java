package dev.logintoken.contract.verification;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The verdicts of a run as JUnit's XML, which CI servers read: a test case for each interaction. */
final class VerdictXml {

    private final List<Verdict> verdicts;

    VerdictXml(List<Verdict> verdicts) {
        this.verdicts = verdicts;
    }

    /** Writes the report. A pending failure is a skipped test. */
    void write(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "Pact verification");
            xml.writeAttribute("tests", String.valueOf(verdicts.size()));
            xml.writeAttribute("failures", count("failed"));
            xml.writeAttribute("skipped", count("pending"));
            xml.writeAttribute("errors", "0");
            for (Verdict verdict : verdicts) {
                write(xml, verdict);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void write(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", verdict.consumer());
        xml.writeAttribute("name", printable(verdict.description()));
        if (!verdict.passed()) {
            xml.writeStartElement(verdict.pending() ? "skipped" : "failure");
            xml.writeAttribute("message", printable(verdict.faults().get(0)));
            xml.writeCharacters(printable(verdict.block()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private String count(String outcome) {
        return String.valueOf(verdicts.stream()
                .filter(verdict -> verdict.outcome().equals(outcome))
                .count());
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
    }
}
