// SPDX-License-Identifier: MIT
#include "tables/csv.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool looksLikeFormula(const QString &cell)
{
    static const QString signs = u"=+-@\t\r"_s;
    return !cell.isEmpty() && signs.contains(cell.front());
}

bool needsQuotes(const QString &cell)
{
    return cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n')
        || cell.contains(u'\r') || cell.startsWith(u' ') || cell.endsWith(u' ');
}

} // namespace

QByteArray csvLine(const QStringList &cells, Formulas formulas)
{
    QStringList fields;
    fields.reserve(cells.size());
    for (QString cell : cells) {
        if (formulas == Formulas::Disarm && looksLikeFormula(cell))
            cell.prepend(u'\'');
        if (needsQuotes(cell))
            cell = u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
        fields.append(cell);
    }
    return fields.join(u',').toUtf8() + "\r\n";
}

QByteArray tsvLine(const QStringList &cells)
{
    QStringList fields;
    fields.reserve(cells.size());
    for (QString cell : cells) {
        fields.append(cell.replace(u'\\', u"\\\\"_s)
                          .replace(u'\t', u"\\t"_s)
                          .replace(u'\n', u"\\n"_s)
                          .replace(u'\r', u"\\r"_s));
    }
    return fields.join(u'\t').toUtf8() + '\n';
}

} // namespace hubkeeper
