// SPDX-License-Identifier: MIT
#include "provisioner/document/document.h"

#include "base/compactjson.h"
#include "base/savefile.h"
#include "provisioner/confidential/confidentialtexts.h"
#include "provisioner/provisionertext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString parentPointer(const QString &pointer)
{
    return pointer.left(pointer.lastIndexOf(u'/'));
}

QString lastKey(const QString &pointer)
{
    QString token = pointer.mid(pointer.lastIndexOf(u'/') + 1);
    return token.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
}

} // namespace

Document::Document(QObject *parent)
    : QObject(parent)
{
}

Result<std::unique_ptr<Document>> Document::open(const QString &path)
{
    return readFile(path, largestFile).map([&](const QByteArray &bytes) {
        auto document = fromBytes(bytes);
        document->m_path = path;
        return document;
    });
}

std::unique_ptr<Document> Document::fromBytes(const QByteArray &bytes)
{
    auto document = std::make_unique<Document>();
    document->m_text = JsonText(bytes);
    document->m_onDisk = bytes;
    return document;
}

std::optional<QString> Document::firstFault() const
{
    if (m_text.faults().empty())
        return std::nullopt;
    const SyntaxFault &fault = m_text.faults().front();
    const TextPosition place = m_text.positionOf(fault.at.begin);
    return ProvisionerText::tr("Line %1, column %2: %3")
        .arg(place.line)
        .arg(place.column)
        .arg(shownFault(m_text, fault));
}

QJsonValue Document::value(const QString &pointer) const
{
    return m_text.valueOf(m_text.at(pointer));
}

Result<void> Document::setValue(const QString &pointer, const QJsonValue &value,
                                const QString &name)
{
    return setRaw(pointer, compactJson(value), name);
}

Result<void> Document::setRaw(const QString &pointer, const QByteArray &json, const QString &name)
{
    const int node = m_text.at(pointer);
    if (node != JsonText::none && m_text.rawOf(node) == json)
        return {};
    return editFor(pointer, json).map([&](const TextEdit &change) { edit({change}, name); });
}

Result<TextEdit> Document::editFor(const QString &pointer, const QByteArray &json) const
{
    if (!m_text.isValid()) {
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("The text is not valid JSON at the moment. %1")
                        .arg(firstFault().value_or(QString())),
                    ProvisionerText::tr("Correct it in the text view first."));
    }
    if (const int node = m_text.at(pointer); node != JsonText::none)
        return replaceValue(m_text, node, json);
    const int parent = m_text.at(parentPointer(pointer));
    if (parent == JsonText::none) // The object it belongs into has to be made first.
        return editFor(parentPointer(pointer),
                       "{" + jsonQuoted(lastKey(pointer)) + ": " + json + "}");
    if (m_text.node(parent).kind != JsonKind::Object) {
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("%1 cannot be set: %2 is not an object in this file.")
                        .arg(pointer, parentPointer(pointer)),
                    ProvisionerText::tr("Correct it in the text view first."));
    }
    return appendMember(m_text, parent, lastKey(pointer), json);
}

Result<void> Document::removeValue(const QString &pointer, const QString &name)
{
    const int node = m_text.at(pointer);
    if (node == JsonText::none || node == m_text.root()
        || m_text.node(node).parent == JsonText::none)
        return {};
    edit({removeChild(m_text, node)}, name);
    return {};
}

void Document::edit(const QList<TextEdit> &edits, const QString &name)
{
    if (edits.isEmpty())
        return;
    push({name, edits, inverseOf(bytes(), edits)});
}

void Document::setBytes(const QByteArray &next, const QString &name)
{
    if (next == bytes())
        return;
    EditStep step = typedStep(bytes(), next, name);
    if (m_done == 0 || m_done < m_steps.size() || !joinSteps(m_steps.last(), step, bytes()))
        return push(std::move(step));
    replaceText(next);
}

void Document::push(EditStep step)
{
    m_steps.resize(m_done);
    const QByteArray next = applied(bytes(), step.edits);
    m_steps.append(std::move(step));
    ++m_done;
    replaceText(next);
}

void Document::replaceText(QByteArray bytes)
{
    m_text = JsonText(std::move(bytes));
    emit changed();
}

bool Document::isModified() const
{
    return bytes() != m_onDisk;
}

QString Document::undoName() const
{
    return canUndo() ? m_steps[m_done - 1].name : QString();
}

QString Document::redoName() const
{
    return canRedo() ? m_steps[m_done].name : QString();
}

void Document::undo()
{
    if (canUndo())
        replaceText(applied(bytes(), m_steps[--m_done].inverse));
}

void Document::redo()
{
    if (canRedo())
        replaceText(applied(bytes(), m_steps[m_done++].edits));
}

bool Document::isChangedOnDisk() const
{
    if (m_path.isEmpty())
        return false;
    const auto now = readFile(m_path, largestFile);
    return !now || *now != m_onDisk;
}

Result<void> Document::save(bool overwrite)
{
    if (!overwrite && isChangedOnDisk()) {
        return fail(ErrorKind::Conflict,
                    ProvisionerText::tr("%1 was changed by another program.").arg(m_path),
                    ProvisionerText::tr("Compare both, then overwrite it or read it again."));
    }
    return saveAs(m_path);
}

Result<void> Document::saveAs(const QString &path)
{
    const auto saved = saveFile(path, bytes(), FileMode::KeepOrPrivate);
    // A disk may fail after the new content is in place: then it is saved, with a warning.
    if (saved || readFile(path, largestFile) == bytes()) {
        m_path = path;
        m_onDisk = bytes();
        emit savedOrMoved();
    }
    return saved;
}

Result<void> Document::reload()
{
    return readFile(m_path, largestFile).map([&](const QByteArray &now) {
        adopt(now, now, ProvisionerText::tr("Read again"));
    });
}

void Document::adopt(const QByteArray &onDisk, const QByteArray &next, const QString &name)
{
    m_onDisk = onDisk;
    setBytes(next, name);
    emit savedOrMoved();
}

} // namespace hubkeeper
