// SPDX-License-Identifier: MIT
#include "provisioner/confidential/showntext.h"

#include <QUtf8StringView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto mark = "\xEF\xBB\xBF";

/// What an editor would take for something else, or not show at all.
QChar standIn(QChar c)
{
    switch (c.unicode()) {
    case 0:
        return u'␀';
    case u'\r':
        return u'␍';
    case u'\f':
        return u'␌';
    case 0x2028: // Line separator.
    case 0x2029: // Paragraph separator.
        return u'␤';
    case 0xfdd0: // Qt's documents keep these for frames.
    case 0xfdd1:
    case 0xfffc: // An embedded object.
        return QChar::ReplacementCharacter;
    default:
        return c;
    }
}

void putStandIns(QString &text)
{
    for (QChar &c : text) {
        if (const QChar shown = standIn(c); shown != c)
            c = shown;
    }
}

int widthOf(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// The text as it goes into a file: an editor's line breaks become `ending`.
QByteArray written(QString text, const QByteArray &ending)
{
    text.replace(u"\r\n"_s, u"\n"_s);
    text.replace(QChar(QChar::ParagraphSeparator), u'\n');
    text.replace(QChar(QChar::LineSeparator), u'\n');
    text.replace(u'\r', u'\n');
    QByteArray bytes = text.toUtf8();
    return ending == "\n" ? bytes : bytes.replace("\n", ending);
}

} // namespace

ShownText::ShownText(QByteArray bytes, QList<Span> hidden)
    : m_bytes(std::move(bytes))
    , m_hidden(std::move(hidden))
{
    m_lineStarts.push_back(m_bytes.startsWith(mark) ? 3 : 0);
    for (qsizetype i = m_bytes.indexOf('\n'); i >= 0; i = m_bytes.indexOf('\n', i + 1))
        m_lineStarts.push_back(i + 1);
}

bool ShownText::isShowable(const QByteArray &bytes)
{
    return QUtf8StringView(bytes.constData(), bytes.size()).isValidUtf8();
}

const Span *ShownText::hiddenAt(qsizetype offset) const
{
    const auto next =
        std::upper_bound(m_hidden.begin(), m_hidden.end(), offset,
                         [](qsizetype at, const Span &span) { return at < span.end; });
    return next != m_hidden.end() && next->begin <= offset ? &*next : nullptr;
}

ShownText::Unit ShownText::unitAt(qsizetype offset) const
{
    if (const Span *span = hiddenAt(offset))
        return {span->end, dotCount};
    if (m_bytes[offset] == '\r' && m_bytes.size() > offset + 1 && m_bytes[offset + 1] == '\n')
        return {offset + 2, 1};
    const int width = widthOf(m_bytes[offset]);
    return {std::min(offset + width, m_bytes.size()), width == 4 ? 2 : 1};
}

QString ShownText::shownOf(Span span) const
{
    QString text;
    qsizetype at = span.begin;
    const auto add = [&](qsizetype end) {
        QString part = QString::fromUtf8(m_bytes.constData() + at, end - at);
        part.replace(u"\r\n"_s, u"\n"_s);
        putStandIns(part);
        text += part;
        at = end;
    };
    for (const Span &hidden : m_hidden) {
        if (hidden.begin < at || hidden.end > span.end)
            continue;
        add(hidden.begin);
        text += QString(dotCount, QChar(dot));
        at = hidden.end;
    }
    add(span.end);
    return text;
}

QString ShownText::text() const
{
    return shownOf({m_lineStarts.front(), m_bytes.size()});
}

ShownPlace ShownText::placeOf(qsizetype offset) const
{
    const auto next = std::upper_bound(m_lineStarts.begin(), m_lineStarts.end(), offset);
    const auto line = next == m_lineStarts.begin() ? next : next - 1;
    int column = 0;
    for (qsizetype at = *line; at < std::min(offset, m_bytes.size());) {
        const Unit unit = unitAt(at);
        if (unit.end > offset)
            break;
        column += unit.units;
        at = unit.end;
    }
    return {int(line - m_lineStarts.begin()), column};
}

qsizetype ShownText::offsetOf(ShownPlace place) const
{
    const size_t line = size_t(std::clamp(place.line, 0, lineCount() - 1));
    qsizetype at = m_lineStarts[line];
    for (int column = 0; column < place.column && at < m_bytes.size();) {
        if (m_bytes[at] == '\n' || (m_bytes[at] == '\r' && m_bytes.mid(at, 2) == "\r\n"))
            break;
        const Unit unit = unitAt(at);
        if (column + unit.units > place.column)
            break;
        column += unit.units;
        at = unit.end;
    }
    return at;
}

QByteArray ShownText::endingAt(qsizetype offset) const
{
    qsizetype end = m_bytes.indexOf('\n', offset);
    if (end < 0) // The last line has none: as the one before it.
        end = m_bytes.lastIndexOf('\n');
    return end > 0 && m_bytes[end - 1] == '\r' ? QByteArray("\r\n") : QByteArray("\n");
}

bool ShownText::cutsHidden(Span span) const
{
    return std::any_of(m_hidden.begin(), m_hidden.end(), [&span](const Span &hidden) {
        const bool touches = span.begin < hidden.end && hidden.begin < span.end;
        return touches && !(span.begin <= hidden.begin && hidden.end <= span.end);
    });
}

std::optional<ShownText::Typing> ShownText::typed(ShownPlace place, int removed,
                                                  const QString &inserted) const
{
    const std::optional<Span> replaced = replacedBy(place, removed);
    if (!replaced)
        return std::nullopt;
    // An editor reports more than what changed; what stays the same at both ends stays as bytes.
    QString text = inserted;
    text.replace(QChar(QChar::ParagraphSeparator), u'\n');
    const Span span = withoutSameEnds(*replaced, text);
    if (cutsHidden(span))
        return std::nullopt;

    Typing typing;
    typing.edit = {span.begin, span.size(), written(text, endingAt(span.begin))};
    typing.hidden = hiddenAfter(span, typing.edit.replacement.size());
    typing.isShownOtherwise = showsOtherwise(span, typing.edit.replacement, text);
    return typing;
}

/// The bytes that stood for `removed` units from a place on. Nothing if that begins or ends inside
/// dots: a place there lies before them, so what is left of the dots leads nowhere.
std::optional<Span> ShownText::replacedBy(ShownPlace place, int removed) const
{
    Span span {offsetOf(place), offsetOf(place)};
    if (placeOf(span.begin).column != place.column)
        return std::nullopt;
    int left = removed;
    while (left > 0 && span.end < m_bytes.size()) {
        const Unit unit = unitAt(span.end);
        if (unit.units > left && unit.units == dotCount)
            return std::nullopt;
        left -= unit.units;
        span.end = unit.end;
    }
    return span;
}

/// The part of a replaced stretch that really changes; takes what is the same at both ends off
/// `text` as well. Never cuts a unit.
Span ShownText::withoutSameEnds(Span span, QString &text) const
{
    while (span.begin < span.end && !text.isEmpty()) {
        const Unit unit = unitAt(span.begin);
        const QString shown = shownOf({span.begin, unit.end});
        if (!text.startsWith(shown))
            break;
        text.remove(0, shown.size());
        span.begin = unit.end;
    }
    const QString old = shownOf(span);
    qsizetype same = 0;
    while (same < std::min(old.size(), text.size())
           && old[old.size() - 1 - same] == text[text.size() - 1 - same])
        ++same;
    if (same == 0)
        return span;
    // Walk again to the byte where the shared end begins.
    qsizetype at = span.begin;
    qsizetype walked = 0;
    while (walked < old.size() - same && at < span.end) {
        const Unit unit = unitAt(at);
        walked += unit.units;
        at = unit.end;
    }
    text.chop(old.size() - walked);
    return {span.begin, at};
}

/// Where the hidden stretches are once `span` has become `size` bytes.
QList<Span> ShownText::hiddenAfter(Span span, qsizetype size) const
{
    const qsizetype moved = size - span.size();
    QList<Span> hidden;
    for (const Span &one : m_hidden) {
        if (one.end <= span.begin)
            hidden.append(one);
        else if (one.begin >= span.end)
            hidden.append({one.begin + moved, one.end + moved});
    }
    return hidden;
}

/// Whether what was written looks otherwise than it was typed: a carriage return that got company,
/// a character the editor keeps for itself.
bool ShownText::showsOtherwise(Span span, const QByteArray &replacement, const QString &text) const
{
    const bool afterReturn = span.begin > 0 && m_bytes[span.begin - 1] == '\r';
    const bool joinsBreak = afterReturn
        && (replacement.startsWith('\n')
            || (replacement.isEmpty() && m_bytes.mid(span.end, 1) == "\n"));
    const bool cutsBreak = afterReturn && m_bytes.mid(span.begin, 1) == "\n";
    QString shown = QString::fromUtf8(replacement).replace(u"\r\n"_s, u"\n"_s);
    putStandIns(shown);
    return joinsBreak || cutsBreak || shown != text;
}

} // namespace hubkeeper
