// SPDX-License-Identifier: MIT
#include "provisioner/text/jsontext.h"

#include "base/compactjson.h"
#include "provisioner/text/frodofile.h"
#include "provisioner/text/jsonlexer.h"
#include "provisioner/text/jsonreader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto fromOutside = ".."_L1; // Before the pointer of what is not in the root.

bool isContinuationByte(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

bool isPlain(QByteArrayView quoted)
{
    return quoted.size() >= 2 && quoted.startsWith('"') && !quoted.contains('\\');
}

QString unescaped(QByteArrayView text)
{
    if (isPlain(text))
        return QString::fromUtf8(text.sliced(1, text.size() - 2));
    const QByteArray quoted = text.startsWith('"') ? text.toByteArray() : requoted(text);
    if (!quoted.contains('\\'))
        return QString::fromUtf8(quoted.mid(1, quoted.size() - 2));
    const QJsonArray wrapped = QJsonDocument::fromJson('[' + quoted + ']').array();
    if (!wrapped.isEmpty())
        return wrapped.first().toString();
    return QString::fromUtf8(quoted.mid(1, quoted.size() - 2)); // A bad escape: as it stands.
}

QString pointerToken(QString key)
{
    return key.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
}

} // namespace

JsonText::JsonText(QByteArray bytes)
    : m_bytes(std::move(bytes))
{
    m_lineStarts.push_back(0);
    for (qsizetype i = m_bytes.indexOf('\n'); i >= 0; i = m_bytes.indexOf('\n', i + 1))
        m_lineStarts.push_back(i + 1);
    JsonReader(*this).read();
    if (const int inner = provisionerOfFrodo(*this); inner != none)
        m_root = inner;
}

int JsonText::member(int object, const QString &key) const
{
    if (object == none || node(object).kind != JsonKind::Object)
        return none;
    return memberOfBytes(object, key.toUtf8());
}

int JsonText::member(int object, QLatin1StringView key) const
{
    if (object == none || node(object).kind != JsonKind::Object)
        return none;
    return memberOfBytes(object, QByteArrayView(key.data(), key.size()));
}

int JsonText::memberOfBytes(int object, QByteArrayView key) const
{
    // Looking at bytes first: objects may be large, and keys with escapes are rare.
    int found = none;
    for (int child = node(object).firstChild; child != none; child = node(child).next) {
        const Node &candidate = node(child);
        const bool isKey = candidate.hasPlainKey ? candidate.key.size() == key.size() + 2
                && std::memcmp(m_bytes.constData() + candidate.key.begin + 1, key.data(),
                               size_t(key.size()))
                    == 0
                                                 : keyOf(child).toUtf8() == key;
        if (isKey)
            found = child;
    }
    return found;
}

int JsonText::at(const QString &pointer) const
{
    const bool isFromOutside = pointer.startsWith(fromOutside);
    int current = isFromOutside && !m_nodes.empty() ? 0 : m_root;
    const QStringView path = QStringView(pointer).sliced(isFromOutside ? fromOutside.size() : 0);
    if (path.isEmpty())
        return current;
    for (const QStringView part : path.sliced(1).tokenize(u'/')) {
        if (current == none)
            return none;
        QString token = part.toString();
        if (token.contains(u'~'))
            token.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
        current = node(current).kind == JsonKind::Array ? element(current, token)
                                                        : member(current, token);
    }
    return current;
}

int JsonText::element(int array, const QString &position) const
{
    bool isIndex = false;
    int index = position.toInt(&isIndex);
    int child = isIndex ? node(array).firstChild : none;
    while (child != none && index-- > 0)
        child = node(child).next;
    return child;
}

QString JsonText::pointerOf(int index) const
{
    QStringList tokens;
    int current = index;
    while (current != none && current != m_root && node(current).parent != none) {
        const int parent = node(current).parent;
        if (node(parent).kind == JsonKind::Object) {
            tokens.prepend(pointerToken(keyOf(current)));
        } else {
            int position = 0;
            for (int child = node(parent).firstChild; child != current; child = node(child).next)
                ++position;
            tokens.prepend(QString::number(position));
        }
        current = parent;
    }
    const QString start = current == m_root || current == none ? QString() : QString(fromOutside);
    return tokens.isEmpty() ? start : start + u'/' + tokens.join(u'/');
}

int JsonText::covering(qsizetype offset) const
{
    const auto covers = [&](int index) {
        const Node &candidate = node(index);
        const qsizetype begin =
            candidate.key.size() > 0 ? candidate.key.begin : candidate.span.begin;
        return offset >= begin && offset <= candidate.span.end;
    };
    if (m_root == none || !covers(m_root))
        return none;
    int current = m_root;
    for (int child = node(current).firstChild; child != none;) {
        if (covers(child)) {
            current = child;
            child = node(current).firstChild;
        } else {
            child = node(child).next;
        }
    }
    return current;
}

QString JsonText::keyOf(int index) const
{
    const Span &key = node(index).key;
    return key.size() == 0 ? QString() : unescaped(viewOf(key));
}

QString JsonText::stringOf(int index) const
{
    if (index == none || node(index).kind != JsonKind::String)
        return {};
    return unescaped(viewOf(node(index).span));
}

QByteArrayView JsonText::viewOf(Span span) const
{
    return QByteArrayView(m_bytes).sliced(span.begin, span.size());
}

QByteArray JsonText::rawOf(int index) const
{
    if (index == none)
        return {};
    const Span &span = node(index).span;
    return m_bytes.mid(span.begin, span.size());
}

QJsonValue JsonText::valueOf(int index) const
{
    if (index == none)
        return QJsonValue::Undefined;
    switch (node(index).kind) {
    case JsonKind::Object: {
        QJsonObject object;
        for (int child = node(index).firstChild; child != none; child = node(child).next)
            object.insert(keyOf(child), valueOf(child));
        return object;
    }
    case JsonKind::Array: {
        QJsonArray array;
        for (int child = node(index).firstChild; child != none; child = node(child).next)
            array.append(valueOf(child));
        return array;
    }
    case JsonKind::String:
        return stringOf(index);
    case JsonKind::Number:
        return QJsonDocument::fromJson('[' + rawOf(index) + ']').array().first();
    case JsonKind::Boolean:
        return rawOf(index) == "true";
    case JsonKind::Null:
        return QJsonValue::Null;
    case JsonKind::Invalid:
        return QJsonValue::Undefined;
    }
    Q_UNREACHABLE();
}

qsizetype JsonText::lineStart(qsizetype offset) const
{
    return *(std::upper_bound(m_lineStarts.begin(), m_lineStarts.end(), offset) - 1);
}

TextPosition JsonText::positionOf(qsizetype offset) const
{
    const auto line = std::upper_bound(m_lineStarts.begin(), m_lineStarts.end(), offset) - 1;
    int column = 1;
    qsizetype i = *line;
    if (i == 0 && m_bytes.startsWith("\xEF\xBB\xBF"))
        i = 3;
    for (; i < offset && i < m_bytes.size(); ++i) {
        if (!isContinuationByte(m_bytes[i]))
            ++column;
    }
    return {int(line - m_lineStarts.begin()) + 1, column};
}

qsizetype JsonText::offsetOf(TextPosition position) const
{
    const size_t line = size_t(std::clamp(position.line, 1, int(m_lineStarts.size()))) - 1;
    qsizetype i = m_lineStarts[line];
    if (i == 0 && m_bytes.startsWith("\xEF\xBB\xBF"))
        i = 3;
    while (i < m_bytes.size() && isContinuationByte(m_bytes[i]))
        ++i; // Rests of a character that begins nowhere have no column.
    for (int column = 1; column < position.column && i < m_bytes.size() && m_bytes[i] != '\n';
         ++column) {
        ++i;
        while (i < m_bytes.size() && isContinuationByte(m_bytes[i]))
            ++i;
    }
    return i;
}

QByteArray jsonQuoted(const QString &text)
{
    return compactJson(text);
}

} // namespace hubkeeper
