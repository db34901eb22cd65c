// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "commands.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QStringList schemaNames()
{
    QStringList names = QDir(u":/schemas"_s).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (QString &name : names)
        name.chop(5); // ".json"
    return names;
}

QByteArray schemaCalled(const QString &name)
{
    QFile file(u":/schemas/%1.json"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int listSchemas(Output &output)
{
    QJsonArray list;
    QList<QStringList> rows;
    for (const QString &name : schemaNames()) {
        const QJsonObject schema = QJsonDocument::fromJson(schemaCalled(name)).object();
        const QString title = schema["title"_L1].toString();
        list.append(QJsonObject {
            {u"name"_s, name}, {u"title"_s, title}, {u"id"_s, schema["$id"_L1].toString()}});
        rows.append({name, title});
    }
    if (output.json)
        output.result(list);
    else
        output.table(rows);
    return Done;
}

int runSchemas(const std::string &wanted, Services &services)
{
    if (wanted.empty())
        return listSchemas(services.output);
    const QString name = QString::fromStdString(wanted);
    const QStringList names = schemaNames();
    if (names.contains(name)) {
        services.output.raw(schemaCalled(name));
        return Done;
    }
    const auto similar = mostSimilarName(name, names);
    return services.output.failure(fail(ErrorKind::InvalidInput,
                                        u"There is no schema \"%1\"."_s.arg(name),
                                        similar ? u"Did you mean %1?"_s.arg(*similar)
                                                : u"`hubkeeper-cli schemas` lists them."_s)
                                       .value());
}

} // namespace

void addSchemasCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "schemas", "JSON Schemas of what --json prints", chosen, [](CLI::App &verb) {
        auto name = std::make_shared<std::string>();
        verb.add_option("NAME", *name, "Print this one; without it, list them");
        return Run([name](Services &services) { return runSchemas(*name, services); });
    });
}

} // namespace hubkeeper::cli
