// SPDX-License-Identifier: MIT
#include "recordedsteps.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice::test {

namespace {

const QByteArray hubspotConfig = "config/provisioner.openicf/hubspot";
const QByteArray mappingQuery = "mapping=managedUser_systemHubspotContact";

QJsonObject token(const QString &word)
{
    return {{u"configurationProperties"_s,
             QJsonObject {{u"customSensitiveConfiguration"_s, u"token='%1'"_s.arg(word)}}}};
}

QJsonObject named(const QString &name, const QString &word)
{
    QJsonObject change = token(word);
    change.insert(u"name"_s, name);
    return change;
}

QJsonObject unknownRef(const QString &name)
{
    return {{u"name"_s, name},
            {u"connectorRef"_s, QJsonObject {{u"connectorName"_s, u"org.example.Nothing"_s}}}};
}

QByteArray userBody(const QByteArray &name, const QByteArray &mail)
{
    return R"({"userName":")" + name + R"(","givenName":"G)" + name + R"(","sn":"S)" + name
        + R"(","mail":")" + mail + "\"}";
}

/// Values that no two servers or runs have in common; their types still count.
bool changesFromRunToRun(const QString &pointer)
{
    static const QSet<QString> names {
        u"timestamp"_s, u"started"_s, u"ended"_s,          u"duration"_s,
        u"data"_s,      u"iv"_s,      u"targetObjectId"_s, // Of the first of several: ten threads,
                                                           // chance.
    };
    return names.contains(pointer.section(u'/', -1));
}

/// Numbers of records in the repository, and dumps of them, are OrientDB's own.
QString plain(QString text)
{
    static const QRegularExpression record(u"record \\w+\\{[^}]*\\}"_s);
    static const QRegularExpression number(u"#12:\\d+"_s);
    static const QRegularExpression place(u"^.*\\n at \\[Source: .*$"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression transaction(
        u"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(-\\d+)?"_s);
    return text.replace(record, u"record"_s)
        .replace(number, u"#12"_s)
        .replace(transaction, u"<uuid>"_s)
        .replace(place, u"<the JSON reader's words>"_s);
}

QStringList objectDifferences(const QJsonObject &recorded, const QJsonObject &own,
                              const QString &pointer)
{
    QStringList found;
    QStringList names = recorded.keys() + own.keys();
    names.removeDuplicates();
    for (const QString &name : names) {
        const QString place = pointer + u'/' + name;
        if (!recorded.contains(name))
            found.append(place + u" is ours alone"_s);
        else if (!own.contains(name))
            found.append(place + u" is missing"_s);
        else
            found += differences(recorded.value(name), own.value(name), place);
    }
    return found;
}

QStringList arrayDifferences(const QJsonArray &recorded, const QJsonArray &own,
                             const QString &pointer)
{
    if (recorded.size() != own.size())
        return {u"%1 has %2 items, not %3"_s.arg(pointer).arg(own.size()).arg(recorded.size())};
    QStringList found;
    for (qsizetype i = 0; i < recorded.size(); ++i)
        found += differences(recorded[i], own[i], pointer + u'/' + QString::number(i));
    return found;
}

/// Times of steps: which steps a run timed is the server's affair, their shape is not.
QStringList durationDifferences(const QJsonObject &own, const QString &pointer)
{
    QStringList found;
    for (auto it = own.begin(); it != own.end(); ++it) {
        for (const QString &name : {u"min"_s, u"max"_s, u"mean"_s, u"count"_s, u"sum"_s}) {
            if (!it.value()[name].isDouble())
                found.append(pointer + u'/' + it.key() + u'/' + name);
        }
    }
    return found;
}

} // namespace

QStringList differences(const QJsonValue &recorded, const QJsonValue &own, const QString &pointer)
{
    if (recorded.type() != own.type())
        return {pointer + u" has another type"_s};
    if (pointer.endsWith("/durationSummary"_L1))
        return durationDifferences(own.toObject(), pointer);
    if (recorded.isObject())
        return objectDifferences(recorded.toObject(), own.toObject(), pointer);
    if (recorded.isArray())
        return arrayDifferences(recorded.toArray(), own.toArray(), pointer);
    if (recorded == own || changesFromRunToRun(pointer))
        return {};
    if (recorded.isString() && plain(recorded.toString()) == plain(own.toString()))
        return {};
    return {u"%1 is %2, not %3"_s.arg(pointer, own.toVariant().toString(),
                                      recorded.toVariant().toString())};
}

QJsonObject merged(QJsonObject object, const QJsonObject &patch)
{
    for (auto it = patch.begin(); it != patch.end(); ++it) {
        if (it.value().isNull())
            object.remove(it.key());
        else if (it.value().isObject())
            object.insert(it.key(),
                          merged(object.value(it.key()).toObject(), it.value().toObject()));
        else
            object.insert(it.key(), it.value());
    }
    return object;
}

QJsonObject provisionerChange(const QString &label)
{
    static const QHash<QString, QJsonObject> changes {
        {u"cfg-enabled-string"_s, {{u"enabled"_s, u"true"_s}}},
        {u"full-down"_s, token(u"down"_s)},
        {u"full-conf"_s, token(u"conf"_s)},
        {u"tc-new-good"_s, named(u"newname"_s, u"good"_s)},
        {u"tc-existing-bad"_s, token(u"bad"_s)},
        {u"tc-new-down"_s, named(u"newname"_s, u"down"_s)},
        {u"tc-existing-down"_s, token(u"down"_s)},
        {u"tc-new-conf"_s, named(u"newname"_s, u"conf"_s)},
        {u"tc-new-unsupp"_s, named(u"newname"_s, u"unsupp"_s)},
        {u"tc-existing-unsupp"_s, token(u"unsupp"_s)},
        {u"tc-new-boom"_s, named(u"newname"_s, u"boom"_s)},
        {u"tc-existing-boom"_s, token(u"boom"_s)},
        {u"tc-id"_s, {{u"id"_s, u"hubspot"_s}}},
        {u"tc-unknown"_s, unknownRef(u"newname"_s)},
        {u"tc-existing-unknownref"_s, unknownRef(u"hubspot"_s)},
        {u"store-bad"_s, token(u"bad"_s)},
        {u"store-down"_s, token(u"down"_s)},
        {u"store-unsupp"_s, token(u"unsupp"_s)},
        {u"store-boom"_s, token(u"boom"_s)},
        {u"slow"_s,
         {{u"configurationProperties"_s,
           QJsonObject {{u"customConfiguration"_s,
                         u"dir='&{launcher.project.location}/data'\nslow=4000\ntotal=false"_s}}}}},
        {u"down"_s, token(u"down"_s)},
        {u"hub2"_s, {{u"_rev"_s, u"7"_s}}},
        {u"noname"_s, {{u"name"_s, QJsonValue()}}},
    };
    return changes.value(label);
}

QList<LeftOutStep> leftOutSteps()
{
    const QByteArray anybody = "If-None-Match: *";
    const QString run = u"273c211a-d7e5-48be-ae75-d14c8679e8a0-"_s;
    return {
        // u1 lost its accountStatus and was at revision 2, then at 3 with another given name.
        {u"mu-wrongrev"_s,
         "PUT",
         "managed/user/u1",
         {},
         R"({"userName":"u1","givenName":"Another","sn":"Su1","mail":"u1@example.com"})"},
        {u"mu-patch-noop-wrongrev"_s,
         "PATCH",
         "managed/user/u1",
         {},
         R"([{"operation":"replace","field":"/givenName","value":"Z"}])"},
        {u"mu-del-wrongrev"_s,
         "PUT",
         "managed/user/u2",
         {},
         userBody("u2", "u2@example.com"),
         {anybody}},
        {u"mu-del-again"_s, "DELETE", "managed/user/u2"},
        {u"mu-q true"_s,
         "POST",
         "managed/user?_action=create",
         {},
         userBody("u3", "u3@example.com"),
         {},
         u"1fcf9924-d98f-4611-956d-09118a992034"_s},
        {u"dis-test"_s, "PUT", hubspotConfig, {{u"enabled"_s, false}}},
        {u"livesync-nosrc"_s, "PUT", hubspotConfig, token(u"good"_s)},
        // It makes the empty config/sync that the PUT then changes.
        {u"sync-put"_s, "GET", "endpoint/mappingDetails"},
        {u"mu-m2"_s, "PUT", "managed/user/m1", {}, userBody("m1", "c01@example.com"), {anybody}},
        {u"recon-1"_s, "PUT", "managed/user/m3", {}, userBody("m3", "c03@example.com"), {anybody}},
        {u"recon-1"_s,
         "PUT",
         "managed/user/skip",
         {},
         userBody("skip", "skip@example.com"),
         {anybody}},
        {u"recon-2-get"_s,
         "POST",
         "recon?_action=recon&waitForCompletion=true&" + mappingQuery,
         {},
         {},
         {},
         run + u"2941"_s},
        {u"byid-get"_s,
         "POST",
         "recon?_action=reconById&ids=m1&waitForCompletion=true&" + mappingQuery,
         {},
         {},
         {},
         run + u"3101"_s},
        {u"slow-poll"_s,
         "POST",
         "recon?_action=recon&" + mappingQuery,
         {},
         {},
         {},
         run + u"3334"_s},
        {u"link-del-none"_s,
         "GET",
         "repo/link?_queryFilter=firstId%20eq%20%22m1%22",
         {},
         {},
         {},
         u"496be206-cf05-405a-9d6e-eda63f44923d"_s},
        {u"hub2-after"_s, "DELETE", "config/provisioner.openicf/hub2"},
        {u"sync-del"_s, "DELETE", "config/provisioner.openicf/noname"},
    };
}

QList<Disagreement> knownDisagreements()
{
    return {};
}

} // namespace hubkeeper::practice::test
