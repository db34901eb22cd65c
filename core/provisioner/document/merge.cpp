// SPDX-License-Identifier: MIT
#include "provisioner/document/merge.h"

#include "provisioner/document/document.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Place
{
    const JsonText &text;
    int node = JsonText::none;

    [[nodiscard]] bool isThere() const { return node != JsonText::none; }
    [[nodiscard]] Place member(const QString &key) const { return {text, text.member(node, key)}; }
    [[nodiscard]] QByteArray raw() const { return isThere() ? text.rawOf(node) : QByteArray(); }
};

bool isSame(const Place &a, const Place &b);

/// The keys of an object, each once, in their order.
QStringList keysOf(const Place &object)
{
    QStringList keys;
    for (int child = object.text.node(object.node).firstChild; child != JsonText::none;
         child = object.text.node(child).next) {
        if (const QString key = object.text.keyOf(child); !keys.contains(key))
            keys.append(key);
    }
    return keys;
}

bool areSameObjects(const Place &a, const Place &b)
{
    const QStringList keys = keysOf(a);
    return keys.size() == keysOf(b).size()
        && std::all_of(keys.begin(), keys.end(),
                       [&](const QString &key) { return isSame(a.member(key), b.member(key)); });
}

bool areSameLists(const Place &a, const Place &b)
{
    int left = a.text.node(a.node).firstChild;
    int right = b.text.node(b.node).firstChild;
    while (left != JsonText::none && right != JsonText::none) {
        if (!isSame({a.text, left}, {b.text, right}))
            return false;
        left = a.text.node(left).next;
        right = b.text.node(right).next;
    }
    return left == right;
}

bool isSame(const Place &a, const Place &b)
{
    if (!a.isThere() || !b.isThere())
        return a.isThere() == b.isThere();
    if (a.raw() == b.raw())
        return true;
    const JsonKind kind = a.text.node(a.node).kind;
    if (kind != b.text.node(b.node).kind)
        return false;
    switch (kind) {
    case JsonKind::Object:
        return areSameObjects(a, b);
    case JsonKind::Array:
        return areSameLists(a, b);
    case JsonKind::String:
        return a.text.stringOf(a.node) == b.text.stringOf(b.node);
    default:
        return false; // Numbers are what is written: 10 and 1e1 are two edits.
    }
}

/// An object whose members can be merged: `$crypto` and coercions are values of their own.
bool isOpen(const Place &place)
{
    if (!place.isThere() || place.text.node(place.node).kind != JsonKind::Object)
        return false;
    const QStringList keys = keysOf(place);
    return keys.size() != 1 || !keys.first().startsWith(u'$');
}

QString below(const QString &pointer, QString key)
{
    return pointer + u'/' + key.replace(u"~"_s, u"~0"_s).replace(u"/"_s, u"~1"_s);
}

class Merging
{
public:
    explicit Merging(const QHash<QString, MergeSide> &choices)
        : m_choices(choices)
    {
    }

    void compare(const Place &base, const Place &mine, const Place &theirs, const QString &pointer)
    {
        if (isSame(mine, theirs))
            return;
        // With one side gone there is nothing to go into, unless it never was there.
        if (isOpen(mine) && isOpen(theirs) && (isOpen(base) || !base.isThere()))
            return compareMembers(base, mine, theirs, pointer);
        if (isSame(base, mine)) {
            ++m_merge.theirsKept;
            return;
        }
        if (isSame(base, theirs))
            return take(mine, pointer);
        m_merge.conflicts.append({pointer, base.raw(), mine.raw(), theirs.raw()});
        if (m_choices.value(pointer, MergeSide::Theirs) == MergeSide::Mine)
            take(mine, pointer);
    }

    [[nodiscard]] Result<Merge> onto(const QByteArray &theirs) &&
    {
        const auto document = Document::fromBytes(theirs);
        for (const auto &[pointer, json] : m_changes) {
            const auto done = json.isEmpty() ? document->removeValue(pointer, {})
                                             : document->setRaw(pointer, json, {});
            if (!done)
                return tl::unexpected(done.error());
        }
        m_merge.bytes = document->bytes();
        return std::move(m_merge);
    }

private:
    void compareMembers(const Place &base, const Place &mine, const Place &theirs,
                        const QString &pointer)
    {
        QStringList keys = keysOf(theirs);
        for (const QString &key : keysOf(mine)) {
            if (!theirs.member(key).isThere())
                keys.append(key);
        }
        for (const QString &key : std::as_const(keys)) {
            compare(base.isThere() ? base.member(key) : base, mine.member(key), theirs.member(key),
                    below(pointer, key));
        }
    }

    void take(const Place &mine, const QString &pointer)
    {
        m_changes.append({pointer, mine.raw()});
        ++m_merge.mineTaken;
    }

    const QHash<QString, MergeSide> &m_choices;
    QList<std::pair<QString, QByteArray>> m_changes; // Without text: removed.
    Merge m_merge;
};

Result<void> checkValid(const JsonText &text, const QString &what)
{
    if (text.isValid())
        return {};
    return fail(ErrorKind::InvalidInput, u"%1 is no valid JSON."_s.arg(what),
                u"Keep one of the two, or mend it in the text view first."_s);
}

} // namespace

Result<Merge> merged(const QByteArray &base, const QByteArray &mine, const QByteArray &theirs,
                     const QHash<QString, MergeSide> &choices)
{
    const JsonText baseText(base);
    const JsonText mineText(mine);
    const JsonText theirText(theirs);
    const std::pair<const JsonText &, QString> sides[] {
        {baseText, u"The file as it was read"_s},
        {mineText, u"Your text"_s},
        {theirText, u"The file on disk"_s},
    };
    for (const auto &[text, what] : sides) {
        if (const auto valid = checkValid(text, what); !valid)
            return tl::unexpected(valid.error());
    }
    Merging merging(choices);
    merging.compare({baseText, baseText.root()}, {mineText, mineText.root()},
                    {theirText, theirText.root()}, {});
    return std::move(merging).onto(theirs);
}

} // namespace hubkeeper
