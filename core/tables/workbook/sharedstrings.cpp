// SPDX-License-Identifier: MIT
#include "tables/workbook/sharedstrings.h"

#include "tables/rows/tablestext.h"

#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace hubkeeper {

std::string_view SharedStrings::at(size_t index) const
{
    const size_t begin = index == 0 ? 0 : m_ends[index - 1];
    return std::string_view(m_texts).substr(begin, m_ends[index] - begin);
}

Result<void> SharedStrings::load(Package &package, const QString &part)
{
    auto device = package.part(part);
    if (!device)
        return tl::unexpected(device.error());
    QXmlStreamReader reader(device->get());
    while (readNextToken(reader)) {
        if (!reader.isStartElement() || reader.name() != "si"_L1 || !isSheetElement(reader))
            continue;
        const QByteArray text = itemText(reader).toUtf8();
        m_texts.append(text.constData(), size_t(text.size()));
        m_ends.push_back(m_texts.size());
        if (m_texts.size() > mostSharedBytes) {
            return fail(ErrorKind::InvalidInput,
                        TablesText::tr("The workbook holds more than 1 GB of text."),
                        TablesText::tr("Save it as CSV, or in parts."));
        }
    }
    if (reader.hasError())
        return tl::unexpected(partError(package, reader, part));
    return {};
}

QString itemText(QXmlStreamReader &reader)
{
    QString text;
    int depth = 1;
    int phonetic = 0; // Depth of <rPh>, 0: outside.
    bool isText = false;
    while (depth > 0 && readNextToken(reader)) {
        if (reader.isStartElement()) {
            ++depth;
            if (phonetic == 0 && reader.name() == "rPh"_L1)
                phonetic = depth;
            isText = phonetic == 0 && reader.name() == "t"_L1;
        } else if (reader.isEndElement()) {
            if (depth == phonetic)
                phonetic = 0;
            --depth;
            isText = false;
        } else if (isText && reader.isCharacters()) {
            text += reader.text();
        }
    }
    return withoutEscapes(text);
}

QString withoutEscapes(QString text)
{
    for (qsizetype at = text.indexOf("_x"_L1); at >= 0; at = text.indexOf("_x"_L1, at + 1)) {
        if (at + 6 >= text.size() || text[at + 6] != u'_')
            continue;
        bool isNumber = false;
        const ushort code = QStringView(text).mid(at + 2, 4).toUShort(&isNumber, 16);
        if (isNumber)
            text.replace(at, 7, QChar(code));
    }
    return text;
}

} // namespace hubkeeper
