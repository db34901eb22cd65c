// SPDX-License-Identifier: MIT
#include "store/sets/rowfilter.h"

#include "base/foldedtext.h"
#include "store/sets/rowcells.h"

#include <algorithm>
#include <string_view>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr char cellEnd = '\xff';

QByteArrayView takeCell(QByteArrayView &rest)
{
    const qsizetype end = rest.indexOf(cellEnd);
    const QByteArrayView cell = end < 0 ? rest : rest.first(end);
    rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
    return cell;
}

} // namespace

RowFilter::RowFilter(const QStringList &columns, const RowQuery &query)
    : m_text(foldedText(query.contains))
    , m_needle(m_text.toUtf8())
    , m_isPlain(size_t(columns.size()) + 1, true)
{
    const bool hasDigit =
        std::any_of(m_text.cbegin(), m_text.cend(), [](QChar letter) { return letter.isDigit(); });
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const size_t cell = size_t(i) + 1;
        if (!query.columns.isEmpty() && !query.columns.contains(columns[i])) {
            m_isPlain[cell] = false;
            continue;
        }
        const auto shown = query.shown.constFind(columns[i]);
        if (shown == query.shown.cend())
            continue;
        m_isPlain[cell] = false;
        Other other {cell, {}, {}, shown->isList, hasDigit ? shown->form : nullptr};
        for (auto label = shown->labels.cbegin(); label != shown->labels.cend(); ++label) {
            other.known.insert(folded(label.key()));
            if (foldedText(label.value()).contains(m_text))
                other.values.append(folded(label.key()));
        }
        m_others.push_back(std::move(other));
    }
}

bool RowFilter::takes(QByteArrayView folded) const
{
    if (takesPlain({folded.data(), size_t(folded.size())}))
        return true;
    size_t cell = 0;
    for (const Other &other : m_others) {
        QByteArrayView text;
        for (; cell <= other.cell; ++cell)
            text = takeCell(folded);
        if (!text.isEmpty() && takes(other, text))
            return true;
    }
    return false;
}

bool RowFilter::takesPlain(std::string_view folded) const
{
    const std::string_view needle(m_needle.constData(), size_t(m_needle.size()));
    size_t counted = 0;
    size_t cell = 0;
    for (size_t at = folded.find(needle); at != std::string_view::npos;
         at = folded.find(needle, at + 1)) {
        cell += size_t(std::count(folded.begin() + qsizetype(counted),
                                  folded.begin() + qsizetype(at), cellEnd));
        counted = at;
        if (cell < m_isPlain.size() && m_isPlain[cell])
            return true;
    }
    return false;
}

bool RowFilter::takes(const Other &other, QByteArrayView cell) const
{
    const auto isOne = [&](QByteArrayView value) {
        const QByteArray one = QByteArray::fromRawData(value.data(), value.size());
        return other.values.contains(one)
            || (!other.known.isEmpty() && !other.known.contains(one) && one.contains(m_needle));
    };
    if (other.form) // Dates are digits, and the letters of ISO 8601.
        return foldedText(other.form(QString::fromUtf8(cell).toUpper())).contains(m_text);
    if (!other.isList)
        return isOne(cell);
    while (!cell.isEmpty()) {
        const qsizetype end = cell.indexOf(';');
        if (isOne(end < 0 ? cell : cell.first(end)))
            return true;
        cell = end < 0 ? QByteArrayView() : cell.sliced(end + 1);
    }
    return false;
}

} // namespace hubkeeper
