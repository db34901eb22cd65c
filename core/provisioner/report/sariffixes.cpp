// SPDX-License-Identifier: MIT
#include "provisioner/report/sariffixes.h"

#include "provisioner/confidential/secretmask.h"
#include "provisioner/confidential/secretspans.h"

#include <QUtf8StringView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isUtf8(const QByteArray &bytes)
{
    return QUtf8StringView(bytes.constData(), bytes.size()).isValidUtf8();
}

QJsonObject content(const QString &text)
{
    return {{u"text"_s, text}};
}

} // namespace

SarifFixes::SarifFixes(const CheckedFile &file, QJsonObject location)
    : m_file(file)
    , m_location(std::move(location))
{
}

QJsonArray SarifFixes::of(const Finding &finding)
{
    if (!finding.fix || !finding.fix->safe || m_file.path == "-"_L1)
        return {};
    if (!m_isRead)
        findSecrets();
    if (!isReportable(*finding.fix))
        return {};
    QList<TextEdit> edits = finding.fix->edits;
    std::stable_sort(edits.begin(), edits.end(),
                     [](const TextEdit &a, const TextEdit &b) { return a.offset < b.offset; });
    QJsonArray replacements;
    for (const TextEdit &edit : std::as_const(edits))
        replacements.append(replacementOf(edit));
    const QJsonObject change {{u"artifactLocation"_s, m_location},
                              {u"replacements"_s, replacements}};
    return {QJsonObject {{u"description"_s, content(finding.fix->title)},
                         {u"artifactChanges"_s, QJsonArray {change}}}};
}

void SarifFixes::findSecrets()
{
    m_isRead = true;
    m_isUtf8 = isUtf8(m_file.bytes);
    m_text = JsonText(m_file.bytes);
    m_secretPlaces = confidentialSpans(m_text);
    m_secrets = ConfidentialTexts(m_text);
}

bool SarifFixes::isReportable(const Fix &fix) const
{
    const qsizetype first = m_file.bytes.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    const bool areHarmless =
        std::all_of(fix.edits.begin(), fix.edits.end(), [&](const TextEdit &edit) {
            return edit.offset >= first && isUtf8(edit.replacement) && !touchesSecret(edit)
                && !holdsSecret(edit.replacement);
        });
    return m_isUtf8 && areHarmless && !holdsSecret(fix.title.toUtf8());
}

bool SarifFixes::touchesSecret(const TextEdit &edit) const
{
    return std::any_of(m_secretPlaces.begin(), m_secretPlaces.end(), [&edit](Span place) {
        return edit.offset <= place.end && place.begin <= edit.offset + edit.length;
    });
}

bool SarifFixes::holdsSecret(const QByteArray &text) const
{
    return !plainSecretSpans(text).isEmpty() || m_secrets.isIn(QString::fromUtf8(text));
}

/// What follows the last line end is on the last line, not on one of its own (3.30.2).
TextPosition SarifFixes::positionOf(qsizetype offset) const
{
    if (offset == 0 || offset < m_file.bytes.size() || !m_file.bytes.endsWith('\n'))
        return m_text.positionOf(offset);
    TextPosition position = m_text.positionOf(offset - 1);
    ++position.column;
    return position;
}

QJsonObject SarifFixes::replacementOf(const TextEdit &edit) const
{
    const TextPosition begin = positionOf(edit.offset);
    const TextPosition end = positionOf(edit.offset + edit.length);
    QJsonObject replacement {{u"deletedRegion"_s,
                              QJsonObject {{u"startLine"_s, begin.line},
                                           {u"startColumn"_s, begin.column},
                                           {u"endLine"_s, end.line},
                                           {u"endColumn"_s, end.column}}}};
    if (!edit.replacement.isEmpty())
        replacement.insert(u"insertedContent"_s, content(QString::fromUtf8(edit.replacement)));
    return replacement;
}

} // namespace hubkeeper
