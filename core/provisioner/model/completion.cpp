// SPDX-License-Identifier: MIT
#include "provisioner/model/completion.h"

#include "provisioner/model/completiontables.h"
#include "provisioner/text/frodofile.h"
#include "provisioner/text/jsonedit.h"
#include "provisioner/text/jsonlexer.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// An open container on the way to the place.
struct Frame
{
    bool isObject = false;
    bool wantsKey = false; ///< Else a value is next.
    QString key; ///< Of the member that is being read.
    int index = 0; ///< Of the element.
};

/// Reads a text up to a byte as far as it matters where one is: brackets, keys, commas. Takes
/// broken text as it comes.
class PlaceFinder
{
public:
    PlaceFinder(const QByteArray &bytes, qsizetype offset)
        : m_bytes(bytes)
        , m_offset(offset)
    {
        while (m_at < m_offset && !m_isInComment)
            step();
        if (m_word < 0)
            m_word = m_offset;
    }

    [[nodiscard]] bool isNowhere() const { return m_isInComment || m_frames.isEmpty(); }
    [[nodiscard]] bool wantsKey() const { return m_frames.last().wantsKey; }
    /// Where the word at the place begins, its quote included.
    [[nodiscard]] qsizetype wordBegin() const { return m_word; }

    [[nodiscard]] QStringList path() const
    {
        QStringList path;
        for (const Frame &frame : m_frames)
            path.append(frame.isObject ? frame.key : QString::number(frame.index));
        if (wantsKey())
            path.removeLast();
        return path;
    }

private:
    void step()
    {
        m_word = -1;
        const char c = m_bytes[m_at];
        if (c == '"')
            return readString();
        if (m_bytes.mid(m_at, 2) == "//" || m_bytes.mid(m_at, 2) == "/*")
            return skipComment();
        if (c == '{' || c == '[')
            m_frames.append({c == '{', c == '{', {}, 0});
        else if ((c == '}' || c == ']') && !m_frames.isEmpty())
            m_frames.removeLast();
        else if (c == ',' && !m_frames.isEmpty())
            nextMember();
        else if (c == ':' && !m_frames.isEmpty())
            m_frames.last().wantsKey = false;
        else if (!isJsonBlank(c))
            return readBare();
        ++m_at;
    }

    void nextMember()
    {
        m_frames.last().wantsKey = m_frames.last().isObject;
        ++m_frames.last().index;
    }

    void readString()
    {
        const qsizetype end = stringEnd(m_bytes.constData(), m_bytes.size(), m_at);
        if (end < 0 || end > m_offset) { // The place is inside, or it does not end on its line.
            const qsizetype line = m_bytes.indexOf('\n', m_at);
            if (end > m_offset || line < 0 || line >= m_offset) {
                m_word = m_at;
                m_at = m_offset;
            } else {
                m_at = line;
            }
            return;
        }
        if (!m_frames.isEmpty() && m_frames.last().wantsKey)
            m_frames.last().key = QString::fromUtf8(m_bytes.mid(m_at + 1, end - m_at - 2));
        m_at = end;
    }

    void readBare()
    {
        const qsizetype begin = m_at;
        do // At least one: a character that ends words begins none.
            ++m_at;
        while (m_at < m_offset && !endsBareWord(m_bytes[m_at]));
        if (m_at == m_offset && !endsBareWord(m_bytes[begin]))
            m_word = begin;
    }

    void skipComment()
    {
        const bool isLine = m_bytes[m_at + 1] == '/';
        const qsizetype end = m_bytes.indexOf(isLine ? "\n" : "*/", m_at + 2);
        const qsizetype after = end < 0 ? m_bytes.size() + 1 : end + (isLine ? 0 : 2);
        m_isInComment = after > m_offset || (isLine && after == m_offset);
        m_at = after;
    }

    const QByteArray &m_bytes;
    const qsizetype m_offset;
    qsizetype m_at = 0;
    qsizetype m_word = -1;
    bool m_isInComment = false;
    QList<Frame> m_frames;
};

/// Where the word that begins at `begin` and holds the offset ends.
qsizetype wordEnd(const QByteArray &bytes, qsizetype begin, qsizetype offset)
{
    if (begin < bytes.size() && bytes[begin] == '"') {
        const qsizetype end = stringEnd(bytes.constData(), bytes.size(), begin);
        return end < 0 ? offset : end;
    }
    qsizetype end = offset;
    while (begin < offset && end < bytes.size() && !endsBareWord(bytes[end]))
        ++end;
    return end;
}

char nextSign(const QByteArray &bytes, qsizetype from)
{
    while (from < bytes.size() && isJsonBlank(bytes[from]))
        ++from;
    return from < bytes.size() ? bytes[from] : '\0';
}

QString pointerOf(const QStringList &path)
{
    QString pointer;
    for (QString token : path)
        pointer += u'/' + token.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
    return pointer;
}

/// What the container has already, but for what is at the word itself.
QSet<QString> taken(const JsonText &text, const QStringList &path, Span word)
{
    QSet<QString> names;
    const int node = text.at(pointerOf(path));
    if (node == JsonText::none)
        return names;
    const bool isObject = text.node(node).kind == JsonKind::Object;
    for (int child = text.node(node).firstChild; child != JsonText::none;
         child = text.node(child).next) {
        const Span own = isObject ? text.node(child).key : text.node(child).span;
        if (own.begin != word.begin || word.size() == 0)
            names.insert(isObject ? text.keyOf(child) : text.stringOf(child));
    }
    return names;
}

/// Those that begin with the word, then those that hold it.
QList<Candidate> matching(const QList<Candidate> &all, const QString &word,
                          const QSet<QString> &without)
{
    QList<Candidate> begin;
    QList<Candidate> hold;
    for (const Candidate &candidate : all) {
        if (without.contains(candidate.text))
            continue;
        if (candidate.text.startsWith(word, Qt::CaseInsensitive))
            begin.append(candidate);
        else if (candidate.text.contains(word, Qt::CaseInsensitive))
            hold.append(candidate);
    }
    return begin + hold;
}

/// Turns the beginning of a value into a whole member, as far as it is not there.
void makeMember(Candidate &candidate, const QByteArray &bytes, qsizetype after)
{
    const char next = nextSign(bytes, after);
    const QByteArray key = jsonQuoted(candidate.text);
    candidate.insert = next == ':' ? key : key + ": " + candidate.insert;
    if (next == '"') // Another member follows.
        candidate.insert += ',';
}

} // namespace

Completion completionAt(const JsonText &text, qsizetype offset, ServerProfile profile)
{
    const QByteArray &bytes = text.bytes();
    const PlaceFinder finder(bytes, std::clamp<qsizetype>(offset, 0, bytes.size()));
    Completion completion;
    if (finder.isNowhere())
        return completion;
    const QStringList around = keysAroundRoot(text);
    const QStringList whole = finder.path();
    if (whole.first(std::min(whole.size(), around.size())) != around)
        return completion; // Beside the provisioner.
    completion.isKey = finder.wantsKey();
    completion.replaced = {finder.wordBegin(), wordEnd(bytes, finder.wordBegin(), offset)};
    QByteArray word = bytes.mid(finder.wordBegin(), offset - finder.wordBegin());
    if (word.startsWith('"'))
        word.remove(0, 1);
    const CompletionPlace place {text, whole.sliced(around.size()), profile};
    const bool isElement = !completion.isKey && !place.path.isEmpty()
        && text.at(pointerOf(place.path.first(place.path.size() - 1))) != JsonText::none
        && text.node(text.at(pointerOf(place.path.first(place.path.size() - 1)))).kind
            == JsonKind::Array;
    QSet<QString> without;
    if (completion.isKey)
        without = taken(text, place.path, completion.replaced);
    else if (isElement)
        without = taken(text, place.path.first(place.path.size() - 1), completion.replaced);
    completion.candidates = matching(completion.isKey ? keysAt(place) : valuesAt(place),
                                     QString::fromUtf8(word), without);
    if (completion.isKey) {
        for (Candidate &candidate : completion.candidates)
            makeMember(candidate, bytes, completion.replaced.end);
    }
    return completion;
}

} // namespace hubkeeper
