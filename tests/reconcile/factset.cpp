// SPDX-License-Identifier: MIT
#include "factset.h"

#include "reconcile/overlay/previewset.h"
#include "reconcile/values/exactjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace hubkeeper::test {

namespace {

const QByteArray twoUsers = R"([
    {"_id":"u1","_rev":"1","userName":"u1","givenName":"Eva","sn":"Eins","mail":"a@x.org"},
    {"_id":"u2","_rev":"1","userName":"u2","givenName":"Zoe","sn":"Zwei","mail":"b@x.org"}])";
const QByteArray oneContact = R"([
    {"_id":"101","email":"a@x.org","lastname":"Alt","__NAME__":"a@x.org","vid":"101"}])";

QByteArray linksOf(const QByteArray &text)
{
    QByteArrayList links;
    const QByteArrayList words = text.split(' ');
    for (const QByteArray &word : words) {
        if (word.isEmpty())
            continue;
        const qsizetype slash = word.indexOf('/');
        const qsizetype colon = word.indexOf(':');
        const QByteArray type = slash < 0 ? "m" : word.left(slash);
        const QByteArray qualifier = colon < 0 ? "default" : word.mid(slash + 1, colon - slash - 1);
        const QByteArrayList ends = word.mid(std::max(slash, colon) + 1).split('-');
        const auto end = [](const QByteArray &id) -> QByteArray {
            return id == "null" ? id : '"' + id + '"';
        };
        links.append(R"({"linkType":")" + type + R"(","linkQualifier":")" + qualifier
                     + R"(","firstId":)" + end(ends.value(0)) + R"(,"secondId":)"
                     + end(ends.value(1)) + '}');
    }
    return links.join(',');
}

QByteArray textOf(const FactSet &set)
{
    const bool hasProperties = set.mapping.contains("\"properties\"");
    const QByteArray ends = set.toManaged
        ? R"("source":"system/hubspot/contact","target":"managed/user")"
        : R"("source":"managed/user","target":"system/hubspot/contact")";
    const QByteArray properties = set.toManaged
        ? R"(,"properties":[{"source":"email","target":"userName"},
             {"source":"email","target":"mail"},{"source":"lastname","target":"sn"},
             {"source":"firstname","target":"givenName"}])"
        : R"(,"properties":[{"source":"mail","target":"email"},{"source":"sn","target":"lastname"}])";
    return R"({"mappings":[{"name":"m","taskThreads":0,)" + ends
        + (set.mapping.contains("\"enableSync\"") ? "" : R"(,"enableSync":false)")
        + (hasProperties ? QByteArray() : properties) + set.mapping + '}' + set.others
        + R"(],"objectsBefore":{"managed/user":)" + (set.users.isEmpty() ? twoUsers : set.users)
        + R"(,"system/hubspot/contact":)" + (set.contacts.isEmpty() ? oneContact : set.contacts)
        + R"(},"linksBefore":[)" + linksOf(set.links) + "]}";
}

QString nameOf(const Preview &preview, const QString &collection, const QString &id)
{
    return preview.isNew(collection, id) ? u"new"_s : id;
}

QString wordsOf(const Preview &preview, const SyncMapping &mapping, const ReconEntry &entry)
{
    const QString qualifier =
        entry.linkQualifier == "default"_L1 ? QString() : entry.linkQualifier + u':';
    QStringList targets = entry.ambiguousTargetIds;
    targets.sort();
    const QString target =
        targets.isEmpty() ? nameOf(preview, mapping.target, entry.targetId) : targets.join(u'+');
    QStringList words {qualifier + nameOf(preview, mapping.source, entry.sourceId) + u'>' + target,
                       entry.situation ? wordOf(*entry.situation) : u"-"_s,
                       entry.action ? wordOf(*entry.action) : u"-"_s};
    if (entry.ofTargetPhase)
        words.prepend(u"T"_s);
    if (entry.status == ReconEntry::Status::Failure)
        words.append(u"!"_s);
    return words.join(u' ');
}

QString linksOf(const Preview &preview)
{
    QStringList links;
    const SyncMapping &mapping = *preview.mappings().find(u"m"_s);
    preview.links().visit([&](const SyncLink &link, bool) {
        const SyncMapping *owner = preview.mappings().find(link.type);
        if (!owner)
            owner = &mapping;
        const auto end = [&](const QString &collection, const QString &id) {
            return id.isNull() ? u"null"_s : nameOf(preview, collection, id);
        };
        links.append((link.type == "m"_L1 ? QString() : link.type + u'/')
                     + (link.qualifier == "default"_L1 ? QString() : link.qualifier + u':')
                     + end(owner->source, link.firstId) + u'-' + end(owner->target, link.secondId));
    });
    links.sort();
    return links.join(u' ');
}

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString sentOf(const Preview &preview)
{
    QStringList lines;
    for (const SentWrite &write : preview.sent())
        lines.append(QStringList {write.operation, nameOf(preview, write.collection, write.id),
                                  compact(write.attributes)}
                         .join(u' '));
    return lines.join(u"; "_s);
}

} // namespace

std::unique_ptr<Preview> previewOf(const FactSet &set)
{
    const auto json = parseExactJson(textOf(set));
    if (!json || !json->isObject())
        qFatal("%s", textOf(set).constData());
    auto preview = readPreviewSet(json->toObject());
    return preview ? std::move(*preview) : nullptr;
}

FactOutcome outcomeOf(const FactSet &set)
{
    const auto preview = previewOf(set);
    ReconRequest request;
    if (set.id)
        request.id = QString::fromUtf8(set.id);
    request.overrides = QJsonDocument::fromJson(set.body).object();
    ReconResult result;
    qsizetype sentBefore = 0;
    for (int run = 0; run < set.runs; ++run) {
        sentBefore = qsizetype(sentOf(*preview).size());
        result = preview->run(u"m"_s, request);
    }
    QStringList lines;
    if (const SyncMapping *mapping = preview->mappings().find(u"m"_s)) {
        for (const ReconEntry &entry : result.entries)
            lines.append(wordsOf(*preview, *mapping, entry));
    }
    if (result.state == ReconResult::State::Failed)
        lines.append(u"BROKEN"_s);
    const QString sent = sentOf(*preview).mid(sentBefore);
    return {lines.join(u"; "_s), preview->mappings().find(u"m"_s) ? linksOf(*preview) : QString(),
            sent.startsWith("; "_L1) ? sent.mid(2) : sent};
}

FactOutcome outcomeOfDeleting(const FactSet &set, const QString &sourceId)
{
    const auto preview = previewOf(set);
    (void)preview->call(u"delete"_s, {u"managed/user/"_s + sourceId});
    QStringList lines;
    for (const ImplicitEntry &implicit : preview->implicitEntries())
        lines.append(
            wordsOf(*preview, *preview->mappings().find(implicit.mapping), implicit.entry));
    return {lines.join(u"; "_s), linksOf(*preview), sentOf(*preview)};
}

void factColumns()
{
    QTest::addColumn<FactSet>("set");
    QTest::addColumn<QString>("entries");
    QTest::addColumn<QString>("linksAfter");
    QTest::addColumn<QString>("sent");
}

void factRow(const char *name, const FactSet &set, const char *entries, const char *linksAfter,
             const char *sent)
{
    QTest::newRow(name) << set << QString::fromUtf8(entries)
                        << (linksAfter ? QString::fromUtf8(linksAfter) : QString())
                        << (sent ? QString::fromUtf8(sent) : QString());
}

void compareFacts(const std::function<FactOutcome(const FactSet &set)> &outcome)
{
    QFETCH(FactSet, set);
    QFETCH(QString, linksAfter);
    QFETCH(QString, sent);
    const FactOutcome came = outcome(set);
    QTEST(came.entries, "entries");
    if (!linksAfter.isNull())
        QCOMPARE(came.links, linksAfter);
    if (!sent.isNull())
        QCOMPARE(came.sent, sent);
}

const QByteArray byMail = R"x(,"correlationQuery":{"type":"text/javascript",
    "source":"({_queryFilter: 'email eq \"' + source.mail + '\"'})"})x";
const QByteArray byUserMail = R"x(,"correlationQuery":{"type":"text/javascript",
    "source":"({_queryFilter: 'mail eq \"' + source.email + '\"'})"})x";
const QByteArray byTree = R"(,"correlationQuery":{"type":"text/javascript",
    "file":"ui/correlateTreeToQueryFilter.js","expressionTree":{"any":["lastname"]},"mapping":"m"})";

QByteArray script(const QByteArray &key, const QByteArray &source)
{
    return ",\"" + key + R"(":{"type":"text/javascript","source":")" + source + R"("})";
}

QByteArray policy(const QByteArray &situation, const QByteArray &action, const QByteArray &more)
{
    return R"({"situation":")" + situation + R"(","action":)"
        + (action.startsWith('{') ? action : '"' + action + '"') + more + '}';
}

QByteArray policies(const QByteArrayList &list)
{
    return ",\"policies\":[" + list.join(',') + ']';
}

QByteArray user(const QByteArray &id, const QByteArray &mail, const QByteArray &more)
{
    return R"({"_id":")" + id + R"(","_rev":"1","userName":")" + id
        + R"(","givenName":"G","sn":"S","mail":")" + mail + '"' + more + '}';
}

QByteArray contact(const QByteArray &id, const QByteArray &mail, const QByteArray &more)
{
    return R"({"_id":")" + id + R"(","vid":")" + id + R"(","email":")" + mail + R"(","__NAME__":")"
        + mail + '"' + more + '}';
}

QByteArray list(const QByteArrayList &objects)
{
    return '[' + objects.join(',') + ']';
}

const QByteArray ignoresAbsent = policy("ABSENT", "IGNORE");
const QByteArray throws = R"({"type":"text/javascript","source":"throw 1"})";

} // namespace hubkeeper::test
