// SPDX-License-Identifier: MIT
#include "commands.h"
#include "idmserver.h"
#include "options.h"
#include "session/idm/objectlinks.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct LinksOfArguments
{
    ServerOptions server;
    std::string object;
};

/// "system/hubspot/contact/101" as collection and id. An id may have slashes.
Result<std::pair<QString, QString>> objectNamed(const QString &path)
{
    const qsizetype steps = path.startsWith("system/"_L1) ? 3 : 2;
    const std::pair<QString, QString> found {path.section(u'/', 0, steps - 1),
                                             path.section(u'/', steps)};
    if (found.second.isEmpty())
        return fail(ErrorKind::InvalidInput, u"%1 is not an object of a server."_s.arg(path),
                    u"Name it as in managed/user/jane or system/hubspot/contact/101; * stands for "
                    u"any system."_s);
    return found;
}

QJsonObject linkedObjectJson(const LinkedObject &linked)
{
    QJsonObject json {
        {u"link"_s, serverLinkJson(linked.link)},
        {u"mappings"_s, QJsonArray::fromStringList(linked.mappings)},
        {u"collection"_s, linked.collection},
        {u"id"_s, linked.id ? QJsonValue(*linked.id) : QJsonValue(QJsonValue::Null)},
        {u"object"_s, linked.object ? QJsonValue(*linked.object) : QJsonValue(QJsonValue::Null)}};
    if (!linked.whyNotRead.isEmpty())
        json.insert(u"notRead"_s, linked.whyNotRead);
    return json;
}

QJsonObject objectLinksJson(const ObjectLinks &links)
{
    QJsonArray linked;
    for (const LinkedObject &one : links.linked)
        linked.append(linkedObjectJson(one));
    return {{u"collection"_s, links.collection},
            {u"id"_s, links.id},
            {u"linked"_s, linked},
            {u"notLinkedBy"_s, QJsonArray::fromStringList(links.unlinked)}};
}

QString linkedStateOf(const LinkedObject &linked)
{
    if (linked.object)
        return u"there"_s;
    return linked.whyNotRead.isEmpty() ? u"gone"_s : linked.whyNotRead;
}

void printObjectLinks(const QList<ObjectLinks> &all, Output &output)
{
    QList<QStringList> table {
        {u"OBJECT"_s, u"LINKED WITH"_s, u"STATE"_s, u"QUALIFIER"_s, u"MAPPINGS"_s}};
    for (const ObjectLinks &links : all) {
        for (const LinkedObject &linked : links.linked)
            table.append({links.collection + u'/' + links.id,
                          linked.collection + u'/' + linked.id.value_or(u"null"_s),
                          linkedStateOf(linked), linked.link.qualifier,
                          linked.mappings.join(u", "_s)});
    }
    if (table.size() > 1)
        output.table(table);
    for (const ObjectLinks &links : all) {
        if (!links.unlinked.isEmpty())
            output.message(u"%1/%2 is not linked by: %3"_s.arg(links.collection, links.id,
                                                               links.unlinked.join(u", "_s)));
    }
}

int runLinksOf(const LinksOfArguments &arguments, Services &services)
{
    Output &output = services.output;
    const auto object = objectNamed(QString::fromStdString(arguments.object));
    if (!object)
        return output.failure(object.error());
    const auto session = openFor(arguments.server, services);
    if (!session)
        return output.failure(session.error());
    const auto found =
        waitFor(readObjectLinks(**session, object->first, object->second, &services.calls),
                services.interrupt);
    if (!found)
        return output.failure(found.error());
    QJsonArray json;
    bool isGood = true;
    bool isLinked = false;
    for (const ObjectLinks &links : *found) {
        json.append(objectLinksJson(links));
        for (const LinkedObject &linked : links.linked) {
            isLinked = true;
            isGood = isGood && linked.object;
        }
    }
    if (output.json)
        output.result(json);
    else
        printObjectLinks(*found, output);
    return isLinked && isGood ? Done : Findings;
}

} // namespace

void addIdmLinksOfCommand(CLI::App &links, Run &chosen)
{
    addVerb(links, "of", "What one object is linked with", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<LinksOfArguments>();
        verb.add_option("OBJECT", arguments->object,
                        "As in managed/user/jane or system/hubspot/contact/101; * for any system")
            ->required();
        arguments->server.addTo(verb);
        return Run([arguments](Services &services) { return runLinksOf(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
