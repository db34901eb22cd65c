// SPDX-License-Identifier: MIT
#include "generatedset.h"
#include "session/idm/previewjob.h"
#include "session/idm/previewreading.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"
#include "vectorrun.h"

using namespace hubkeeper;
using namespace hubkeeper::practice::test;
using namespace Qt::StringLiterals;

namespace {

const auto users = u"managed/user"_s;
const auto contacts = u"system/hubspot/contact"_s;

/// A preview in the words of the recordings, to be compared with what a server then does.
class PreviewWords
{
public:
    explicit PreviewWords(const PreviewOutcome &outcome)
        : m_outcome(outcome)
        , m_newUsers(*outcome.work->newIds(users))
        , m_newContacts(*outcome.work->newIds(contacts))
    {
    }

    [[nodiscard]] QJsonObject run(const QJsonObject &before) const
    {
        const ReconResult &result = m_outcome.result;
        return {{u"kind"_s, u"recon"_s},
                {u"request"_s, QJsonObject {{u"mapping"_s, m_outcome.mapping}}},
                {u"summary"_s,
                 QJsonObject {{u"state"_s, wordOf(result.state)},
                              {u"statusSummary"_s,
                               QJsonObject {{u"SUCCESS"_s, result.successes},
                                            {u"FAILURE"_s, result.failures}}}}},
                {u"entries"_s, entries()},
                {u"linksAfter"_s, links()},
                {u"objectsAfter"_s,
                 QJsonObject {{users, objects(users, before, m_newUsers)},
                              {contacts, objects(contacts, before, m_newContacts)}}}};
    }

private:
    /// New ones by a name; those that were deleted again have none.
    [[nodiscard]] QString named(const QString &collection, const QString &id) const
    {
        if (!(collection == users ? m_newUsers : m_newContacts).contains(id))
            return id;
        const auto change = m_outcome.work->change(collection, id);
        if (!change || !change->after)
            return collection == users ? u"gone"_s : id; // Contacts are counted alike.
        for (const QString &key : {u"userName"_s, u"email"_s}) {
            if (change->after->contains(key))
                return u"new-"_s + change->after->value(key).toString();
        }
        return id;
    }

    [[nodiscard]] QJsonValue path(const QString &collection, const QString &id) const
    {
        return id.isNull() ? QJsonValue(QJsonValue::Null)
                           : QJsonValue(collection + u'/' + named(collection, id));
    }

    [[nodiscard]] QJsonArray entries() const
    {
        QJsonArray list;
        (void)m_outcome.work->visitEntries(false, [&](const KeptEntry &kept) {
            const ReconEntry &entry = kept.entry;
            QStringList ambiguous;
            for (const QString &id : entry.ambiguousTargetIds)
                ambiguous.append(named(m_outcome.target, id));
            list.append(QJsonObject {
                {u"reconciling"_s, entry.ofTargetPhase ? u"target"_s : u"source"_s},
                {u"linkQualifier"_s, entry.linkQualifier},
                {u"sourceObjectId"_s, path(m_outcome.source, entry.sourceId)},
                {u"targetObjectId"_s, path(m_outcome.target, entry.targetId)},
                {u"ambiguousTargetObjectIds"_s, ambiguous.join(u", "_s)},
                {u"situation"_s,
                 entry.situation ? QJsonValue(wordOf(*entry.situation)) : QJsonValue::Null},
                {u"action"_s, entry.action ? QJsonValue(wordOf(*entry.action)) : QJsonValue::Null},
                {u"status"_s, wordOf(entry.status)}});
        });
        return list;
    }

    [[nodiscard]] QJsonArray links() const
    {
        QJsonArray list;
        (void)m_outcome.work->visitLinks([&](const SyncLink &link, bool isNew) {
            const auto end = [&](const QString &collection, const QString &id) {
                return id.isNull() ? QJsonValue(QJsonValue::Null)
                                   : QJsonValue(named(collection, id));
            };
            const bool wasMoved = isNew && link.id.startsWith(u'l');
            list.append(QJsonObject {{u"linkType"_s, link.type},
                                     {u"linkQualifier"_s, link.qualifier},
                                     {u"firstId"_s, end(m_outcome.source, link.firstId)},
                                     {u"secondId"_s, end(m_outcome.target, link.secondId)},
                                     {u"_rev"_s, wasMoved ? u"2"_s : u"1"_s}});
        });
        return list;
    }

    [[nodiscard]] QJsonArray objects(const QString &collection, const QJsonObject &before,
                                     const QSet<QString> &made) const
    {
        QStringList ids;
        const QJsonArray known = before["objectsBefore"_L1][collection].toArray();
        for (const QJsonValue &object : known)
            ids.append(object["_id"_L1].toString());
        QJsonArray list;
        for (const QString &id : ids + QStringList(made.begin(), made.end())) {
            const auto change = m_outcome.work->change(collection, id);
            if (!change || !change->after)
                continue;
            QJsonObject object = *change->after;
            object.insert(u"_id"_s, named(collection, id));
            if (collection == contacts) { // What the connector adds by itself.
                object.insert(u"vid"_s, named(collection, id));
                object.insert(u"__NAME__"_s, object.value("email"_L1));
            }
            list.append(object);
        }
        return list;
    }

    const PreviewOutcome &m_outcome;
    const QSet<QString> m_newUsers;
    const QSet<QString> m_newContacts;
};

} // namespace

/// Previews of small sets that are made up by chance, read from a practice IDM through REST, and
/// what its reconciliation then does. HUBKEEPER_GENERATED_RUNS says how many; HUBKEEPER_SEED does a
/// single one.
class TestGeneratedRuns : public QObject
{
    Q_OBJECT

private slots:
    void agree();

private:
    /// Lines; none where they agree.
    [[nodiscard]] static QStringList differences(quint32 seed);
};

QStringList TestGeneratedRuns::differences(quint32 seed)
{
    QJsonObject set = generatedSet(seed);
    set.insert(u"runs"_s, QJsonArray {QJsonObject()});
    Result<PreviewOutcome> outcome;
    {
        VectorRun loaded(set, 0);
        IdmFixture &fixture = loaded.fixture();
        fixture.passRegistration();
        SystemClock clock;
        Server server;
        server.address = fixture.idm.url();
        server.address.setPath(u"/openidm"_s);
        server.login.userName = u"openidm-admin"_s;
        MemorySecretStore secrets;
        BudgetRegistry budgets;
        ServerSession session(server, Secret(QByteArray("openidm-admin")),
                              {clock, secrets, {}, budgets});
        QObject parent;
        PreviewWish wish;
        wish.pageSize = 2;
        const auto store =
            hubkeeper::test::outcomeOf(readForPreview(session, clock, wish, &parent));
        if (!store || !*store)
            return QStringList(store ? store->error().sentence() : u"it did not end"_s);
        outcome = computePreview(PreviewInput {**store, {}}, {});
    }
    if (!outcome)
        return QStringList(outcome.error().sentence());
    set.insert(u"runs"_s, QJsonArray {PreviewWords(*outcome).run(set)});
    return VectorRun(set, 0).differences();
}

void TestGeneratedRuns::agree()
{
    const QByteArray single = qgetenv("HUBKEEPER_SEED");
    bool isNumber = false;
    const int wanted = qEnvironmentVariableIntValue("HUBKEEPER_GENERATED_RUNS", &isNumber);
    const quint32 first = single.isEmpty() ? 1 : single.toUInt();
    const quint32 last = single.isEmpty() ? quint32(isNumber ? wanted : 500) : first;
    int different = 0;
    for (quint32 seed = first; seed <= last; ++seed) {
        const QStringList lines = differences(seed);
        if (lines.isEmpty())
            continue;
        ++different;
        if (different > 5)
            continue;
        qInfo().noquote() << u"HUBKEEPER_SEED=%1"_s.arg(seed)
                          << QJsonDocument(generatedSet(seed)).toJson(QJsonDocument::Compact);
        qInfo().noquote() << lines.join(u'\n');
    }
    QCOMPARE(different, 0);
}

HUBKEEPER_TEST(TestGeneratedRuns)
#include "tst_generatedruns.moc"
