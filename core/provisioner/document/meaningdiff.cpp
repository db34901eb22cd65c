// SPDX-License-Identifier: MIT
#include "provisioner/document/meaningdiff.h"

#include "base/compactjson.h"
#include "provisioner/confidential/confidentialtexts.h"
#include "provisioner/confidential/secretmask.h"
#include "provisioner/model/connectorproperties.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using Kind = MeaningChange::Kind;

QString childPointer(const QString &parent, QString key)
{
    return parent + u'/' + key.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
}

/// A text, how its values are shown, and the part of the work that needs only one of the two.
class MeaningSide
{
public:
    /// `masked` has the same tree, without secrets.
    MeaningSide(const JsonText &own, const QByteArray &masked)
        : text(own)
        , m_shown(masked)
    {
    }

    const JsonText &text;

    [[nodiscard]] QString shown(int node) const
    {
        const int masked = m_shown.at(text.pointerOf(node));
        return masked == JsonText::none ? QString()
                                        : QString::fromUtf8(compactJson(m_shown.valueOf(masked)));
    }

    [[nodiscard]] std::vector<int> childrenOf(int node) const
    {
        std::vector<int> children;
        for (int child = text.node(node).firstChild; child != JsonText::none;
             child = text.node(child).next)
            children.push_back(child);
        return children;
    }

    [[nodiscard]] QSet<QString> namesIn(int node) const
    {
        QSet<QString> names;
        for (const int child : childrenOf(node))
            names.insert(QString::fromUtf8(text.rawOf(child)));
        return names;
    }

private:
    const JsonText m_shown;
};

/// Lists whose order says nothing.
bool isSetOfNames(const QString &pointer)
{
    const QString key = pointer.section(u'/', -1);
    return key == "flags"_L1 || key == "required"_L1 || key == "supportedObjectTypes"_L1;
}

bool isScriptList(const QString &pointer)
{
    return pointer == "/systemActions"_L1;
}

/// What a member means that is not there; undefined: nothing.
QJsonValue meaningOfNothing(const QString &pointer)
{
    if (pointer == "/enabled"_L1)
        return true;
    const QString parent = pointer.section(u'/', 0, -2);
    const ConnectorProperty *property = parent == "/configurationProperties"_L1
        ? connectorProperty(pointer.section(u'/', -1))
        : nullptr;
    if (!property)
        return QJsonValue::Undefined;
    const QByteArray wrapped = '[' + QByteArray(property->defaultJson) + ']';
    return QJsonDocument::fromJson(wrapped).array().at(0);
}

class MeaningComparison
{
public:
    MeaningComparison(const JsonText &before, const JsonText &after)
        : m_before(before, maskedText(before))
        , m_after(after, maskedText(after, before))
        , m_secrets(before)
    {
        m_secrets.add(after);
    }

    QList<MeaningChange> run()
    {
        compare({}, m_before.text.root(), m_after.text.root());
        return std::move(m_changes);
    }

private:
    void compare(const QString &pointer, int a, int b)
    {
        const JsonKind kind = m_before.text.node(a).kind;
        if (kind != m_after.text.node(b).kind || isCrypto(m_before, a) || isCrypto(m_after, b))
            return compareValues(pointer, a, b);
        if (kind == JsonKind::Object)
            return compareObjects(pointer, a, b);
        if (kind != JsonKind::Array)
            return compareValues(pointer, a, b);
        if (isSetOfNames(pointer)) {
            if (m_before.namesIn(a) != m_after.namesIn(b))
                add(Kind::Changed, pointer, a, b);
        } else if (isScriptList(pointer)) {
            compareScripts(pointer, a, b);
        } else {
            compareLists(pointer, m_before.childrenOf(a), m_after.childrenOf(b));
        }
    }

    /// A `$crypto` block is one value, whatever is in it.
    static bool isCrypto(const MeaningSide &side, int node)
    {
        return side.text.member(node, u"$crypto"_s) != JsonText::none;
    }

    void compareObjects(const QString &pointer, int a, int b)
    {
        for (const int child : m_before.childrenOf(a)) {
            const QString key = m_before.text.keyOf(child);
            if (m_before.text.member(a, key) == child) // Of doubles the last one counts.
                compareMember(childPointer(pointer, key), child, m_after.text.member(b, key));
        }
        for (const int child : m_after.childrenOf(b)) {
            const QString key = m_after.text.keyOf(child);
            if (m_after.text.member(b, key) == child
                && m_before.text.member(a, key) == JsonText::none)
                compareMember(childPointer(pointer, key), JsonText::none, child);
        }
    }

    void compareMember(const QString &pointer, int a, int b)
    {
        if (a != JsonText::none && b != JsonText::none)
            return compare(pointer, a, b);
        const MeaningSide &side = a != JsonText::none ? m_before : m_after;
        const int node = a != JsonText::none ? a : b;
        const QJsonValue nothing = meaningOfNothing(pointer);
        if (!nothing.isUndefined() && meaningOf(side, pointer, node) == nothing)
            return;
        add(a != JsonText::none ? Kind::Removed : Kind::Added, pointer, a, b);
    }

    void compareLists(const QString &pointer, const std::vector<int> &a, const std::vector<int> &b)
    {
        for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
            const QString element = pointer + u'/' + QString::number(i);
            if (i >= b.size())
                add(Kind::Removed, element, a[i], JsonText::none);
            else if (i >= a.size())
                add(Kind::Added, element, JsonText::none, b[i]);
            else
                compare(element, a[i], b[i]);
        }
    }

    /// By scriptId, so that a script in another place of the list is the same one.
    void compareScripts(const QString &pointer, int a, int b)
    {
        const auto byId = [](const MeaningSide &side, int list) {
            QHash<QString, int> scripts;
            for (const int child : side.childrenOf(list)) {
                const int id = side.text.member(child, u"scriptId"_s);
                scripts.insert(id == JsonText::none ? QString() : side.text.stringOf(id), child);
            }
            return scripts;
        };
        const auto old = byId(m_before, a);
        const auto now = byId(m_after, b);
        const bool unnamed = old.contains(QString()) || now.contains(QString());
        if (unnamed || old.size() != m_before.text.node(a).childCount
            || now.size() != m_after.text.node(b).childCount)
            return compareLists(pointer, m_before.childrenOf(a), m_after.childrenOf(b));
        for (const int child : m_before.childrenOf(a)) {
            const int there = now.value(idOf(m_before, child), JsonText::none);
            if (there == JsonText::none)
                add(Kind::Removed, m_before.text.pointerOf(child), child, there);
            else
                compare(m_after.text.pointerOf(there), child, there);
        }
        for (const int child : m_after.childrenOf(b)) {
            if (!old.contains(idOf(m_after, child)))
                add(Kind::Added, m_after.text.pointerOf(child), JsonText::none, child);
        }
    }

    static QString idOf(const MeaningSide &side, int script)
    {
        return side.text.stringOf(side.text.member(script, u"scriptId"_s));
    }

    /// A value as IDM takes it.
    static QJsonValue meaningOf(const MeaningSide &side, const QString &pointer, int node)
    {
        const QJsonValue value = side.text.valueOf(node);
        if (pointer.section(u'/', 0, -2) != "/configurationProperties"_L1)
            return value;
        const ConnectorProperty *property = connectorProperty(pointer.section(u'/', -1));
        const QJsonValue meant = property ? converted(property->type, value) : value;
        return meant.isUndefined() ? value : meant;
    }

    void compareValues(const QString &pointer, int a, int b)
    {
        if (m_before.text.rawOf(a) == m_after.text.rawOf(b))
            return;
        const QJsonValue old = meaningOf(m_before, pointer, a);
        const QJsonValue now = meaningOf(m_after, pointer, b);
        const bool exact = !old.isDouble() || std::abs(old.toDouble()) < double(1LL << 53);
        if (old != now || !exact)
            add(Kind::Changed, pointer, a, b);
    }

    void add(Kind kind, const QString &pointer, int a, int b)
    {
        m_changes.append(
            {kind, m_secrets.maskedPointer(pointer), shown(m_before, a), shown(m_after, b)});
    }

    /// What is a secret in one of the texts is not shown of the other either.
    [[nodiscard]] QString shown(const MeaningSide &side, int node) const
    {
        const QString value = node == JsonText::none ? QString() : side.shown(node);
        const bool isMask = value == "\"(secret)\""_L1 || value == "\"(another secret)\""_L1;
        return !isMask && m_secrets.isIn(value) ? u"\"(secret)\""_s : value;
    }

    const MeaningSide m_before;
    const MeaningSide m_after;
    ConfidentialTexts m_secrets;
    QList<MeaningChange> m_changes;
};

} // namespace

QString nameOf(MeaningChange::Kind kind)
{
    switch (kind) {
    case Kind::Added:
        return u"added"_s;
    case Kind::Removed:
        return u"removed"_s;
    case Kind::Changed:
        return u"changed"_s;
    }
    Q_UNREACHABLE();
}

QList<MeaningChange> meaningDiff(const JsonText &before, const JsonText &after)
{
    return MeaningComparison(before, after).run();
}

} // namespace hubkeeper
