// SPDX-License-Identifier: MIT
#include "provisioner/document/objecttypeedits.h"

#include "provisioner/model/objecttypes.h"
#include "provisioner/provisionertext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto typesPointer = u"/objectTypes"_s;

bool isAttribute(const QString &pointer)
{
    // "/objectTypes/contact/properties/email"
    return pointer.startsWith("/objectTypes/"_L1) && pointer.count(u'/') == 4;
}

Result<void> checkName(const JsonText &text, int object, const QString &name)
{
    if (name.trimmed().isEmpty())
        return fail(ErrorKind::InvalidInput, ProvisionerText::tr("An entry needs a name."));
    if (text.member(object, name) != JsonText::none)
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("There is an entry named “%1” already.").arg(name),
                    ProvisionerText::tr("Choose another name."));
    return {};
}

/// A copy of the document to try several edits on, which then become one step.
class Trial
{
public:
    explicit Trial(Document &document)
        : m_document(document)
        , m_copy(Document::fromBytes(document.bytes()))
    {
    }

    [[nodiscard]] Document &copy() { return *m_copy; }

    [[nodiscard]] Result<void> finish(const Result<void> &done, const QString &step)
    {
        if (done && m_copy->bytes() != m_document.bytes())
            m_document.edit({wholeChange()}, step);
        return done;
    }

private:
    [[nodiscard]] TextEdit wholeChange() const
    {
        const QByteArray &before = m_document.bytes();
        const QByteArray &after = m_copy->bytes();
        const auto [left, right] =
            std::mismatch(before.begin(), before.end(), after.begin(), after.end());
        const qsizetype head = left - before.begin();
        const qsizetype most = std::min(before.size(), after.size()) - head;
        qsizetype tail = 0;
        while (tail < most && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
            ++tail;
        return {head, before.size() - head - tail, after.mid(head, after.size() - head - tail)};
    }

    Document &m_document;
    std::unique_ptr<Document> m_copy;
};

Result<int> entryAt(const Document &document, const QString &pointer)
{
    if (!document.text().isValid()) {
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("The text is not valid JSON at the moment."),
                    ProvisionerText::tr("Correct it in the text view first."));
    }
    const int node = document.text().at(pointer);
    if (node == JsonText::none)
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("%1 is no longer in the file.").arg(pointer));
    return node;
}

/// Key and value as they stand.
Span memberSpan(const JsonText &text, int node)
{
    return {text.node(node).key.begin, text.node(node).span.end};
}

QByteArray gapBefore(const JsonText &text, int node)
{
    const qsizetype end = text.node(node).key.begin;
    qsizetype begin = end;
    while (begin > 0 && QByteArrayView(" \t\r\n").contains(text.bytes()[begin - 1]))
        --begin;
    return begin == end ? QByteArray(" ") : text.bytes().mid(begin, end - begin);
}

int neighbour(const JsonText &text, int node, int by)
{
    if (by > 0)
        return text.node(node).next;
    int before = JsonText::none;
    for (int child = text.node(text.node(node).parent).firstChild; child != node;
         child = text.node(child).next)
        before = child;
    return before;
}

QStringList flagsOf(const Document &document, const QString &attribute)
{
    const JsonText &text = document.text();
    QStringList flags;
    const int array = text.at(attribute + u"/flags"_s);
    for (int child = array == JsonText::none ? JsonText::none : text.node(array).firstChild;
         child != JsonText::none; child = text.node(child).next)
        flags.append(text.stringOf(child));
    return flags;
}

Result<void> writeFlags(Document &document, const QString &attribute, const QStringList &flags)
{
    if (flags.isEmpty())
        return document.removeValue(attribute + u"/flags"_s, {});
    QByteArrayList quoted;
    for (const QString &flag : flags)
        quoted.append(jsonQuoted(flag));
    return document.setRaw(attribute + u"/flags"_s, '[' + quoted.join(", ") + ']', {});
}

} // namespace

QString pointerPart(QString key)
{
    return u'/' + key.replace(u"~"_s, u"~0"_s).replace(u"/"_s, u"~1"_s);
}

Result<void> addObjectType(Document &document, const QString &key, const QString &step)
{
    const JsonText &text = document.text();
    if (const auto free = checkName(text, text.at(typesPointer), key); !free)
        return free;
    const QByteArray name = jsonQuoted(key);
    // Laid out by hand: an object written in one line would stay one.
    const QByteArray json =
        "{\n            \"$schema\": \"http://json-schema.org/draft-03/schema\","
        "\n            \"id\": "
        + name + ",\n            \"type\": \"object\",\n            \"nativeType\": " + name
        + ",\n            \"properties\": {}\n        }";
    return document.setRaw(typesPointer + pointerPart(key), json, step);
}

Result<void> addAttributes(Document &document, const QString &type,
                           const QList<std::pair<QString, QByteArray>> &attributes,
                           const QString &step)
{
    const auto node = entryAt(document, type);
    if (!node)
        return tl::unexpected(node.error());
    const JsonText &text = document.text();
    const int properties = text.member(*node, u"properties"_s);
    for (const auto &[name, json] : attributes) {
        if (const auto free = checkName(text, properties, name); !free)
            return free;
    }
    if (properties != JsonText::none && text.node(properties).kind == JsonKind::Object) {
        document.edit(setMembers(text, properties, attributes), step);
        return {};
    }
    Trial trial(document);
    Result<void> done = trial.copy().setRaw(type + u"/properties"_s, "{}", {});
    for (const auto &[name, json] : attributes) {
        if (done)
            done = trial.copy().setRaw(type + u"/properties"_s + pointerPart(name), json, {});
    }
    return trial.finish(done, step);
}

Result<void> renameEntry(Document &document, const QString &pointer, const QString &name,
                         const QString &step)
{
    const auto node = entryAt(document, pointer);
    if (!node)
        return tl::unexpected(node.error());
    const JsonText &text = document.text();
    const QString before = text.keyOf(*node);
    if (name == before)
        return {};
    if (const auto free = checkName(text, text.node(*node).parent, name); !free)
        return free;
    QList<TextEdit> edits {renameKey(text, *node, name)};
    if (isAttribute(pointer) && text.node(*node).kind == JsonKind::Object
        && text.member(*node, u"nativeName"_s) == JsonText::none)
        edits.append(appendMember(text, *node, u"nativeName"_s, jsonQuoted(before)));
    document.edit(edits, step);
    return {};
}

Result<QString> duplicateEntry(Document &document, const QString &pointer, const QString &step)
{
    const auto node = entryAt(document, pointer);
    if (!node)
        return tl::unexpected(node.error());
    const JsonText &text = document.text();
    const QString stem = text.keyOf(*node);
    QString name = stem + u"2"_s;
    for (int number = 3; text.member(text.node(*node).parent, name) != JsonText::none; ++number)
        name = stem + QString::number(number);
    document.edit({{text.node(*node).span.end, 0,
                    ',' + gapBefore(text, *node) + jsonQuoted(name) + ": " + text.rawOf(*node)}},
                  step);
    return name;
}

Result<void> removeEntries(Document &document, const QStringList &pointers, const QString &step)
{
    Trial trial(document);
    Result<void> done;
    for (const QString &pointer : pointers) {
        if (done)
            done = trial.copy().removeValue(pointer, {});
    }
    return trial.finish(done, step);
}

Result<void> moveEntry(Document &document, const QString &pointer, int by, const QString &step)
{
    const auto node = entryAt(document, pointer);
    if (!node)
        return tl::unexpected(node.error());
    const JsonText &text = document.text();
    const int other = neighbour(text, *node, by);
    if (other == JsonText::none)
        return {};
    const Span own = memberSpan(text, *node);
    const Span theirs = memberSpan(text, other);
    document.edit({{own.begin, own.size(), text.bytes().mid(theirs.begin, theirs.size())},
                   {theirs.begin, theirs.size(), text.bytes().mid(own.begin, own.size())}},
                  step);
    return {};
}

Result<void> setFlag(Document &document, const QStringList &attributes, const QString &flag,
                     bool on, const QString &step)
{
    Trial trial(document);
    Result<void> done;
    for (const QString &attribute : attributes) {
        QStringList flags = flagsOf(trial.copy(), attribute);
        if (!done || flags.contains(flag) == on)
            continue;
        if (on)
            flags.append(flag);
        else
            flags.removeAll(flag);
        done = writeFlags(trial.copy(), attribute, flags);
    }
    return trial.finish(done, step);
}

Result<void> setFlags(Document &document, const QString &attribute, const QStringList &flags,
                      const QString &step)
{
    Trial trial(document);
    return trial.finish(writeFlags(trial.copy(), attribute, flags), step);
}

Result<void> setAttributeType(Document &document, const QString &attribute, const QString &type,
                              const QString &step)
{
    Trial trial(document);
    const QString before = document.value(attribute + u"/type"_s).toString(u"string"_s);
    Result<void> done = trial.copy().setValue(attribute + u"/type"_s, type, {});
    const bool needsNative =
        type == "array"_L1 && document.text().at(attribute + u"/nativeType"_s) == JsonText::none;
    if (done && needsNative)
        done = trial.copy().setValue(attribute + u"/nativeType"_s,
                                     before == "array"_L1 ? u"string"_s : before, {});
    return trial.finish(done, step);
}

} // namespace hubkeeper
