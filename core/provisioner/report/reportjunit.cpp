// SPDX-License-Identifier: MIT
#include "provisioner/provisionertext.h"
#include "provisioner/report/report.h"

#include <QHash>
#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// What XML 1.0 has no way to hold becomes U+FFFD.
QString xmlText(const QString &text)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool pair =
            c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair) {
            result += c;
            result += text[++i];
            continue;
        }
        const char16_t code = c.unicode();
        const bool allowed = (code >= 0x20 || code == '\t' || code == '\n' || code == '\r')
            && !c.isSurrogate() && code != 0xFFFE && code != 0xFFFF;
        result += allowed ? c : QChar(QChar::ReplacementCharacter);
    }
    return result;
}

bool fails(const Finding &finding, FailOn failOn)
{
    return failOn && finding.severity >= *failOn;
}

QString placeText(const Finding &finding)
{
    const QString place = ProvisionerText::tr("line %1, column %2")
                              .arg(finding.position.line)
                              .arg(finding.position.column);
    return finding.pointer.isEmpty() ? place : place + u", "_s + finding.pointer;
}

void writeAttribute(QXmlStreamWriter &xml, const QString &name, const QString &value)
{
    xml.writeAttribute(name, xmlText(value));
}

void writeCase(QXmlStreamWriter &xml, const CheckedFile &file, const QString &name)
{
    xml.writeStartElement(u"testcase"_s);
    writeAttribute(xml, u"classname"_s, file.path);
    writeAttribute(xml, u"name"_s, name);
    writeAttribute(xml, u"file"_s, file.path);
    xml.writeAttribute(u"time"_s, u"0"_s);
}

/// Stays when lines move, so that a server does not take an old finding for a new one.
QString nameOf(const Finding &finding, QHash<QString, int> &seen)
{
    const QString name = finding.pointer.isEmpty()
        ? finding.ruleId
        : u"%1 (%2)"_s.arg(finding.ruleId, finding.pointer);
    const int count = ++seen[name];
    return count == 1 ? name : u"%1 (%2)"_s.arg(name).arg(count);
}

void writeFinding(QXmlStreamWriter &xml, const CheckedFile &file, const Finding &finding,
                  const QString &name, FailOn failOn)
{
    writeCase(xml, file, name);
    const QString text =
        QStringList {placeText(finding), finding.effect, finding.remedy}.join(u'\n');
    if (fails(finding, failOn)) {
        xml.writeStartElement(u"failure"_s);
        writeAttribute(xml, u"type"_s, nameOf(finding.severity));
        writeAttribute(xml, u"message"_s, finding.message);
        xml.writeCharacters(xmlText(text));
        xml.writeEndElement();
    } else {
        const QString head = nameOf(finding.severity) + u": "_s + finding.message + u'\n';
        xml.writeTextElement(u"system-out"_s, xmlText(head + text));
    }
    xml.writeEndElement();
}

void writeFailure(QXmlStreamWriter &xml, const CheckedFile &file)
{
    writeCase(xml, file, u"readable"_s);
    xml.writeStartElement(u"error"_s);
    writeAttribute(xml, u"type"_s, nameOf(file.failure->kind));
    writeAttribute(xml, u"message"_s, file.failure->sentence());
    xml.writeEndElement();
    xml.writeEndElement();
}

struct Counts
{
    qsizetype tests = 0;
    qsizetype failures = 0;
    qsizetype errors = 0;
};

Counts countsOf(const CheckedFile &file, FailOn failOn)
{
    Counts counts;
    counts.errors = file.failure ? 1 : 0;
    counts.failures =
        std::count_if(file.findings.begin(), file.findings.end(),
                      [failOn](const Finding &finding) { return fails(finding, failOn); });
    counts.tests = std::max<qsizetype>(1, file.findings.size() + counts.errors);
    return counts;
}

void writeCounts(QXmlStreamWriter &xml, const Counts &counts)
{
    xml.writeAttribute(u"tests"_s, QString::number(counts.tests));
    xml.writeAttribute(u"failures"_s, QString::number(counts.failures));
    xml.writeAttribute(u"errors"_s, QString::number(counts.errors));
}

void writeSuite(QXmlStreamWriter &xml, const CheckedFile &file, FailOn failOn)
{
    xml.writeStartElement(u"testsuite"_s);
    writeAttribute(xml, u"name"_s, file.path);
    writeCounts(xml, countsOf(file, failOn));
    if (file.failure)
        writeFailure(xml, file);
    QHash<QString, int> seen;
    for (const Finding &finding : file.findings)
        writeFinding(xml, file, finding, nameOf(finding, seen), failOn);
    if (!file.failure && file.findings.isEmpty()) {
        writeCase(xml, file, ProvisionerText::tr("no findings"));
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

} // namespace

QByteArray junitReport(const QList<CheckedFile> &files, FailOn failOn)
{
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.setAutoFormatting(true);
    xml.setAutoFormattingIndent(2);
    xml.writeStartDocument();
    xml.writeStartElement(u"testsuites"_s);
    xml.writeAttribute(u"name"_s, u"hubkeeper-cli validate"_s);
    Counts total;
    for (const CheckedFile &file : files) {
        const Counts counts = countsOf(file, failOn);
        total.tests += counts.tests;
        total.failures += counts.failures;
        total.errors += counts.errors;
    }
    writeCounts(xml, total);
    for (const CheckedFile &file : files)
        writeSuite(xml, file, failOn);
    xml.writeEndDocument();
    return bytes;
}

} // namespace hubkeeper
