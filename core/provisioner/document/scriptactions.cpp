// SPDX-License-Identifier: MIT
#include "provisioner/document/scriptactions.h"

#include "base/shownname.h"
#include "provisioner/provisionertext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto listPointer = u"/systemActions"_s;
const auto hubSpotConnector = u".*HubspotConnector"_s;

QString textAt(const JsonText &text, int object, const QString &key)
{
    const int member = text.member(object, key);
    return member == JsonText::none ? QString() : text.stringOf(member);
}

bool isObject(const JsonText &text, int node)
{
    return text.node(node).kind == JsonKind::Object;
}

void appendActionsOf(QList<ScriptAction> &all, const JsonText &text, int entry)
{
    const int actions = text.member(entry, u"actions"_s);
    if (actions == JsonText::none || text.node(actions).kind != JsonKind::Array)
        return;
    for (int at = text.node(actions).firstChild; at != JsonText::none; at = text.node(at).next) {
        if (!isObject(text, at))
            continue;
        all.append({textAt(text, entry, u"scriptId"_s), textAt(text, at, u"systemType"_s),
                    textAt(text, at, u"actionType"_s), textAt(text, at, u"actionSource"_s),
                    textAt(text, at, u"actionFile"_s), text.pointerOf(entry), text.pointerOf(at)});
    }
}

Result<void> checkId(const Document &document, const QString &id)
{
    if (id.trimmed().isEmpty())
        return fail(ErrorKind::InvalidInput, ProvisionerText::tr("A script needs a name."));
    const QList<ScriptAction> all = scriptActionsOf(document.text());
    if (std::any_of(all.begin(), all.end(), [&](const ScriptAction &one) { return one.id == id; }))
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("There is a script of the name “%1”.").arg(id),
                    ProvisionerText::tr("Choose another name."));
    return {};
}

} // namespace

bool ScriptAction::isJavaScript() const
{
    static const QStringList known {u"javascript"_s, u"js"_s, u"text/javascript"_s};
    return file.isEmpty() && known.contains(language.trimmed().toLower());
}

QList<ScriptAction> scriptActionsOf(const JsonText &text)
{
    QList<ScriptAction> all;
    const int list = text.at(listPointer);
    if (list == JsonText::none || text.node(list).kind != JsonKind::Array)
        return all;
    for (int at = text.node(list).firstChild; at != JsonText::none; at = text.node(at).next) {
        if (isObject(text, at))
            appendActionsOf(all, text, at);
    }
    return all;
}

Result<void> addScriptAction(Document &document, const QString &id, const QString &source)
{
    if (const auto usable = checkId(document, id); !usable)
        return usable;
    const QJsonObject action {{u"systemType"_s, hubSpotConnector},
                              {u"actionType"_s, u"javascript"_s},
                              {u"actionSource"_s, source}};
    const QJsonObject entry {{u"scriptId"_s, id}, {u"actions"_s, QJsonArray {action}}};
    const QString step = ProvisionerText::tr("Add script %1").arg(shownName(id));
    const JsonText &text = document.text();
    const int list = text.at(listPointer);
    if (list == JsonText::none)
        return document.setValue(listPointer, QJsonArray {entry}, step);
    if (!text.isValid() || text.node(list).kind != JsonKind::Array)
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("systemActions is not a list in this file."),
                    ProvisionerText::tr("Correct it on the Configuration page first."));
    const QByteArray json = QJsonDocument(entry).toJson(QJsonDocument::Compact);
    document.edit({appendElement(text, list, json)}, step);
    return {};
}

Result<void> renameScriptAction(Document &document, const ScriptAction &action, const QString &id)
{
    if (id == action.id)
        return {};
    if (const auto usable = checkId(document, id); !usable)
        return usable;
    return document.setValue(action.entry + u"/scriptId"_s, id,
                             ProvisionerText::tr("Rename script %1").arg(shownName(action.id)));
}

Result<void> removeScriptAction(Document &document, const ScriptAction &action)
{
    const JsonText &text = document.text();
    const int node = text.at(action.action);
    if (node == JsonText::none)
        return {};
    const bool isOnly = text.node(text.node(node).parent).childCount == 1;
    return document.removeValue(isOnly ? action.entry : action.action,
                                ProvisionerText::tr("Delete script %1").arg(shownName(action.id)));
}

Result<void> setScriptText(Document &document, const ScriptAction &action, const QString &source)
{
    const JsonText &text = document.text();
    const QString step = ProvisionerText::tr("Script %1").arg(shownName(action.id));
    const QString pointer = action.action + u"/actionSource"_s;
    const int node = text.at(pointer);
    if (node == JsonText::none)
        return document.setValue(pointer, source, step);
    if (!text.isValid())
        return fail(ErrorKind::InvalidInput, ProvisionerText::tr("The file is not valid JSON now."),
                    ProvisionerText::tr("Correct it on the Configuration page first."));
    document.setBytes(applied(text.bytes(), {replaceValue(text, node, jsonQuoted(source))}), step);
    return {};
}

} // namespace hubkeeper
