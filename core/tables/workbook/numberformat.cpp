// SPDX-License-Identifier: MIT
#include "tables/workbook/numberformat.h"

#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// What is left of the first section of a format: its letters that could mean something, in lower
/// case, and whether it is of a length of time.
struct Letters
{
    QString text;
    bool isElapsed = false;
};

Letters lettersOf(QStringView code)
{
    Letters letters;
    for (qsizetype i = 0; i < code.size(); ++i) {
        const QChar sign = code[i];
        if (sign == u'"') {
            const qsizetype end = code.indexOf(u'"', i + 1);
            i = end < 0 ? code.size() : end;
        } else if (sign == u'\\' || sign == u'_' || sign == u'*') {
            ++i;
        } else if (sign == u'[') {
            const qsizetype end = code.indexOf(u']', i);
            if (end < 0)
                break;
            const QString inside = code.mid(i + 1, end - i - 1).toString().toLower();
            const bool isUnit = !inside.isEmpty()
                && (inside.count(u'h') == inside.size() || inside.count(u'm') == inside.size()
                    || inside.count(u's') == inside.size());
            letters.isElapsed = letters.isElapsed || isUnit;
            i = end;
        } else if (sign == u';') {
            break; // What comes is for negative numbers, zero and texts.
        } else {
            letters.text.append(sign.toLower());
        }
    }
    return letters;
}

} // namespace

NumberKind kindOfFormat(QStringView code)
{
    const Letters letters = lettersOf(code);
    if (letters.isElapsed)
        return NumberKind::Elapsed;
    QString text = letters.text;
    if (text.contains("general"_L1) || text.contains("standard"_L1))
        return NumberKind::Plain;
    text.remove("am/pm"_L1).remove("a/p"_L1);
    const bool hasTime = text.contains(u'h') || text.contains(u's');
    const bool hasDay = text.contains(u'y') || text.contains(u'd');
    const bool hasMonth = text.contains(u'm') && !hasTime;
    if (hasTime)
        return hasDay ? NumberKind::DateAndTime : NumberKind::Time;
    return hasDay || hasMonth ? NumberKind::Date : NumberKind::Plain;
}

NumberKind kindOfBuiltIn(int id)
{
    if (id >= 14 && id <= 17)
        return NumberKind::Date;
    if ((id >= 18 && id <= 21) || id == 45 || id == 47 || id == 32 || id == 33)
        return NumberKind::Time;
    if (id == 22)
        return NumberKind::DateAndTime;
    if (id == 46)
        return NumberKind::Elapsed;
    return (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? NumberKind::Date : NumberKind::Plain;
}

Result<void> CellFormats::load(Package &package, const QString &part)
{
    auto device = package.part(part);
    if (!device)
        return tl::unexpected(device.error());
    QHash<int, NumberKind> custom;
    bool isInCells = false;
    QXmlStreamReader reader(device->get());
    while (readNextToken(reader)) {
        if (!isSheetElement(reader))
            continue;
        const QStringView name = reader.name();
        if (name == "cellXfs"_L1)
            isInCells = reader.isStartElement();
        if (!reader.isStartElement())
            continue;
        const QXmlStreamAttributes attributes = reader.attributes();
        const int id = attributes.value("numFmtId"_L1).toInt();
        // Also formats of differential styles are here; their numbers name the same codes.
        if (name == "numFmt"_L1)
            custom.insert(id, kindOfFormat(attributes.value("formatCode"_L1)));
        else if (name == "xf"_L1 && isInCells)
            m_kinds.push_back(custom.contains(id) ? custom.value(id) : kindOfBuiltIn(id));
    }
    if (reader.hasError())
        return tl::unexpected(partError(package, reader, part));
    return {};
}

NumberKind CellFormats::kindOf(size_t style) const
{
    return style < m_kinds.size() ? m_kinds[style] : NumberKind::Plain;
}

} // namespace hubkeeper
