// SPDX-License-Identifier: MIT
#include "provisioner/confidential/confidentialtexts.h"

#include "provisioner/confidential/publicwords.h"
#include "provisioner/confidential/secretmask.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype stretch = 6; // Characters; fewer stand in any sentence by chance.
constexpr qsizetype shortest = 3;

/// FNV-1a over the characters.
quint64 hashOf(QStringView text)
{
    quint64 hash = 14695981039346656037ULL;
    for (const QChar c : text)
        hash = (hash ^ c.unicode()) * 1099511628211ULL;
    return hash;
}

bool isPartOfWord(const QString &text, qsizetype at)
{
    return at >= 0 && at < text.size() && text[at].isLetterOrNumber();
}

/// A JSON string's content with its escapes resolved, as far as they can be.
QString unescaped(const QString &content)
{
    if (!content.contains(u'\\'))
        return content;
    const JsonText quoted("[\"" + content.toUtf8() + "\"]");
    const int first =
        quoted.root() == JsonText::none ? JsonText::none : quoted.node(quoted.root()).firstChild;
    return first == JsonText::none ? content : quoted.stringOf(first);
}

QString withoutQuotes(QString content)
{
    content = content.trimmed();
    while (!content.isEmpty() && u"\"'`"_s.contains(content.front()))
        content.remove(0, 1);
    while (!content.isEmpty() && u"\"'`"_s.contains(content.back()))
        content.chop(1);
    return content;
}

} // namespace

ConfidentialTexts::ConfidentialTexts(const JsonText &text)
{
    add(text);
}

void ConfidentialTexts::add(const JsonText &text)
{
    for (const Span &span : confidentialSpans(text))
        add(text.bytes().mid(span.begin, span.size()));
}

void ConfidentialTexts::add(const QByteArray &raw)
{
    const QString content = withoutQuotes(QString::fromUtf8(raw));
    const QString decoded = unescaped(content);
    addContent(content);
    addContent(content.simplified()); // As sentences show it.
    if (decoded != content) {
        addContent(decoded);
        addContent(decoded.simplified());
    }
}

void ConfidentialTexts::addContent(const QString &content)
{
    const QStringView view(content);
    if (content.size() >= shortest && content.size() < stretch)
        m_shortOnes.insert(hashOf(view));
    for (qsizetype at = 0; at + stretch <= content.size(); ++at)
        m_stretches.insert(hashOf(view.mid(at, stretch)));
}

/// In order, without overlaps.
QList<Span> ConfidentialTexts::placesIn(const QString &text) const
{
    QList<Span> places;
    const QStringView view(text);
    const auto add = [&places](Span found) {
        if (!places.isEmpty() && found.begin <= places.last().end)
            places.last().end = std::max(places.last().end, found.end);
        else
            places.append(found);
    };
    for (qsizetype at = 0; at + shortest <= text.size(); ++at) {
        if (at + stretch <= text.size() && m_stretches.contains(hashOf(view.mid(at, stretch))))
            add({at, at + stretch});
        if (m_shortOnes.isEmpty() || isPartOfWord(text, at - 1))
            continue;
        for (qsizetype size = shortest; size < stretch && at + size <= text.size(); ++size) {
            if (!isPartOfWord(text, at + size) && m_shortOnes.contains(hashOf(view.mid(at, size))))
                add({at, at + size});
        }
    }
    places.removeIf(
        [&](const Span &place) { return isPublic(view.mid(place.begin, place.size())); });
    return places;
}

bool ConfidentialTexts::isIn(const QString &text) const
{
    return !isEmpty() && !placesIn(text).isEmpty();
}

QString ConfidentialTexts::masked(const QString &text) const
{
    if (isEmpty())
        return text;
    QString result = text;
    const QList<Span> places = placesIn(text);
    for (auto place = places.rbegin(); place != places.rend(); ++place)
        result.replace(place->begin, place->size(), u"(secret)"_s);
    return result;
}

QString ConfidentialTexts::maskedPointer(const QString &pointer) const
{
    if (isEmpty())
        return pointer;
    QStringList keys = pointer.split(u'/');
    for (QString &key : keys) {
        QString plain = key;
        plain.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
        if (isIn(plain))
            key = u"(secret)"_s;
    }
    const QString result = keys.join(u'/');
    return isIn(result) ? masked(result) : result;
}

QString shownFault(const JsonText &text, const SyntaxFault &fault)
{
    return ConfidentialTexts(text).masked(fault.message);
}

} // namespace hubkeeper
