// SPDX-License-Identifier: MIT
#include "store/sets/rowcells.h"

#include "base/foldedtext.h"

namespace hubkeeper {

namespace {

void appendNumber(QByteArray &out, quint64 number)
{
    while (number >= 0x80) {
        out.append(static_cast<char>((number & 0x7f) | 0x80));
        number >>= 7;
    }
    out.append(static_cast<char>(number));
}

/// 0 when the bytes end too early; `rest` is then empty.
quint64 takeNumber(QByteArrayView &rest)
{
    quint64 number = 0;
    for (int shift = 0; shift < 63 && !rest.isEmpty(); shift += 7) {
        const auto byte = static_cast<quint8>(rest.front());
        rest = rest.sliced(1);
        number |= quint64(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    rest = {};
    return 0;
}

/// fromUtf8() drops a leading byte order mark, and half a surrogate pair has no UTF-8 form.
bool survivesUtf8(const QString &text)
{
    return text.isValidUtf16() && !text.startsWith(QChar(QChar::ByteOrderMark));
}

void appendCell(QByteArray &out, PackedCell::Form form, QByteArrayView bytes)
{
    appendNumber(out, (quint64(bytes.size()) << 2) | form);
    out.append(bytes);
}

} // namespace

QString PackedCell::text() const
{
    if (form == Null)
        return {};
    if (bytes.isEmpty())
        return QStringLiteral("");
    if (form == Utf8)
        return QString::fromUtf8(bytes);
    QString text(bytes.size() / 2, Qt::Uninitialized);
    memcpy(text.data(), bytes.data(), size_t(text.size()) * 2);
    return text;
}

PackedCell PackedRow::next()
{
    if (m_rest.isEmpty())
        return {};
    const quint64 head = takeNumber(m_rest);
    const auto size = std::min<quint64>(head >> 2, quint64(m_rest.size()));
    const PackedCell cell {static_cast<PackedCell::Form>(std::min<quint64>(head & 3, 2)),
                           m_rest.first(qsizetype(size))};
    m_rest = m_rest.sliced(qsizetype(size));
    return cell;
}

PackedCell PackedRow::at(qsizetype column)
{
    for (qsizetype i = 0; i < column; ++i)
        (void)next();
    return next();
}

QByteArray packRow(const QList<QString> &texts)
{
    QByteArray out;
    for (const QString &text : texts) {
        if (text.isNull())
            appendCell(out, PackedCell::Null, {});
        else if (survivesUtf8(text))
            appendCell(out, PackedCell::Utf8, text.toUtf8());
        else
            appendCell(
                out, PackedCell::Utf16,
                QByteArrayView(reinterpret_cast<const char *>(text.constData()), text.size() * 2));
    }
    return out;
}

QList<QString> unpackRow(QByteArrayView bytes, qsizetype columns)
{
    PackedRow row(bytes);
    QList<QString> texts;
    texts.reserve(columns);
    for (qsizetype i = 0; i < columns; ++i)
        texts.append(row.next().text());
    return texts;
}

QByteArray folded(const QString &text)
{
    return foldedText(text).toUtf8();
}

QByteArray foldedRow(const QString &id, const QList<QString> &texts)
{
    QByteArray out = folded(id);
    out.append('\xff');
    for (const QString &text : texts) {
        if (!text.isEmpty())
            out.append(folded(text));
        out.append('\xff'); // No byte of UTF-8: no match spans two cells.
    }
    return out;
}

} // namespace hubkeeper
