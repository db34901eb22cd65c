// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QStringList>
#include <QXmlStreamReader>
#include <QtEndian>

#include <zlib.h>

namespace hubkeeper {

/// A member of a small archive, unpacked; nothing if there is none.
inline QByteArray memberOf(const QString &path, const QByteArray &name)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray archive = file.readAll();
    const qsizetype entry = archive.lastIndexOf(name) - 46; // In the directory at the end.
    if (entry < 0)
        return {};
    const auto number = [&archive](qsizetype at) {
        return qFromLittleEndian<quint32>(archive.constData() + at);
    };
    const qsizetype local = number(entry + 42);
    const qsizetype data = local + 30 + qFromLittleEndian<quint16>(archive.constData() + local + 26)
        + qFromLittleEndian<quint16>(archive.constData() + local + 28);
    QByteArray unpacked(number(entry + 24), Qt::Uninitialized);
    z_stream stream = {};
    inflateInit2(&stream, -MAX_WBITS);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(archive.constData() + data));
    stream.avail_in = number(entry + 20);
    stream.next_out = reinterpret_cast<Bytef *>(unpacked.data());
    stream.avail_out = uInt(unpacked.size());
    const int ended = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    return ended == Z_STREAM_END ? unpacked : QByteArray();
}

/// Takes the escapes of a text of a workbook off (ECMA-376 22.9.2.19).
inline QString withoutEscapes(const QString &text)
{
    static const QRegularExpression escape(QStringLiteral("_x([0-9A-Fa-f]{4})_"));
    QString plain;
    qsizetype at = 0;
    for (auto match = escape.match(text); match.hasMatch(); match = escape.match(text, at)) {
        plain += text.sliced(at, match.capturedStart() - at)
            + QChar(char16_t(match.captured(1).toUShort(nullptr, 16)));
        at = match.capturedEnd();
    }
    return plain + text.sliced(at);
}

/// The cells of the first sheet of a workbook whose texts are inline, as many in each row as the
/// first one has; no rows if it is not well-formed.
inline QList<QStringList> cellsOfWorkbook(const QString &path)
{
    QXmlStreamReader xml(memberOf(path, "xl/worksheets/sheet1.xml"));
    QList<QStringList> rows;
    qsizetype column = 0;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1StringView("row")) {
            rows.append(QStringList(rows.isEmpty() ? 0 : rows.first().size()));
        } else if (xml.isStartElement() && xml.name() == QLatin1StringView("c")) {
            column = 0;
            const QXmlStreamAttributes attributes = xml.attributes();
            for (const QChar c : attributes.value(QLatin1StringView("r"))) {
                if (c.isLetter())
                    column = column * 26 + (c.unicode() - u'A' + 1);
            }
        } else if (xml.isStartElement() && xml.name() == QLatin1StringView("t")) {
            QStringList &row = rows.last();
            while (row.size() < column)
                row.append(QString());
            row[column - 1] = withoutEscapes(xml.readElementText());
        }
    }
    return xml.hasError() ? QList<QStringList>() : rows;
}

} // namespace hubkeeper
