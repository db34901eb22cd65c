// SPDX-License-Identifier: MIT
#include "session/idm/previewreading.h"

#include "base/clock.h"
#include "base/poolcall.h"
#include "idm/access/servererror.h"
#include "idm/configuration/configobjects.h"
#include "idm/preview/storepreview.h"
#include "idm/reading/mappinglist.h"
#include "idm/reading/pagedread.h"
#include "reconcile/mapping/mappingreader.h"
#include "reconcile/values/exactjson.h"
#include "session/idm/previewfile.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto linkCollection = "repo/link"_L1;
constexpr int triesOfAPage = 4; ///< A reading is long.

/// What is kept of a provisioner: no property of its configuration, so no secret.
QJsonObject keptOf(const QJsonObject &provisioner)
{
    return {{u"objectTypes"_s, provisioner["objectTypes"_L1]},
            {u"resultsHandlerConfig"_s, provisioner["resultsHandlerConfig"_L1]}};
}

using Kept = std::shared_ptr<PreviewStore>;

class PreviewReading final : public Call<Kept>
{
public:
    PreviewReading(ServerSession &session, Clock &clock, const PreviewWish &wish, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_clock(clock)
        , m_wish(wish)
    {
        auto store = PreviewStore::makeTemporary();
        if (!store) {
            complete(tl::unexpected(store.error()));
            return;
        }
        m_store = *store;
        say(SessionText::tr("server"), 0);
        then(m_session.ask(this), [this](const ServerFacts &facts) { onFacts(facts); });
    }

private:
    void say(const QString &what, qint64 rows) const
    {
        if (m_wish.observer)
            m_wish.observer(what, rows);
    }

    /// Goes on unless keeping something failed.
    template <typename T>
    bool kept(const Result<T> &result)
    {
        if (!result)
            complete(tl::unexpected(result.error()));
        return result.has_value();
    }

    void onFacts(const ServerFacts &facts)
    {
        const Server &server = m_session.server();
        if (!kept(m_store->setOrigin(
                {server.label, server.address.toString(), facts.version, nameOf(facts.profile)})))
            return;
        say(SessionText::tr("mappings"), 0);
        then(readMappingList(m_session.client(), facts.profile, this),
             [this](const QJsonArray &list) { onMappings(list); });
    }

    void onMappings(const QJsonArray &list)
    {
        const auto mappings = readMappings(replacedMappings(list, m_wish.edited));
        if (!kept(m_store->setDocument(u"mappings"_s, list)) || !kept(mappings))
            return;
        QString name = m_wish.mapping;
        if (name.isEmpty() && !m_wish.edited.isEmpty())
            name = m_wish.edited.first()["name"_L1].toString();
        QStringList names;
        for (const SyncMapping &mapping : mappings->mappings) {
            names.append(mapping.name);
            if (m_collections.isEmpty() && (name.isEmpty() || mapping.name == name))
                m_collections = neededCollections(*mappings, mapping);
        }
        if (!m_collections.isEmpty())
            return readTypes();
        complete(names.isEmpty()
                     ? fail(ErrorKind::NotFound, SessionText::tr("The server has no mapping."))
                     : fail(ErrorKind::InvalidInput,
                            SessionText::tr("There is no mapping %1.").arg(name),
                            SessionText::tr("There are %1.").arg(names.join(u", "_s))));
    }

    void readTypes()
    {
        say(SessionText::tr("object types"), 0);
        then(readProvisioners(m_session.client(), this),
             [this](const QList<ConfigObject> &provisioners) {
                 QJsonObject types;
                 for (const ConfigObject &provisioner : provisioners) {
                     const QString name =
                         provisioner.value["name"_L1].toString(provisioner.id.section(u'/', 1));
                     types.insert(name, keptOf(provisioner.value));
                 }
                 if (kept(m_store->setDocument(u"objectTypes"_s, types)))
                     readSchema();
             });
    }

    void readSchema()
    {
        always(readConfig(m_session.client(), u"managed"_s, this),
               [this](const Result<ConfigObject> &managed) {
                   if (!managed && !isNotOffered(managed.error()))
                       return complete(tl::unexpected(managed.error()));
                   const QJsonValue schema =
                       managed ? QJsonValue(managed->value["objects"_L1]) : QJsonValue::Null;
                   if (kept(m_store->setDocument(u"managed"_s, schema)))
                       readNextSide();
               });
    }

    [[nodiscard]] PagedQuery query(const QString &path) const
    {
        PagedQuery query;
        query.path = path;
        query.pageSize = m_wish.pageSize;
        query.tries = triesOfAPage;
        query.pause = m_wish.pause;
        return query;
    }

    /// Starts the note of a reading.
    std::shared_ptr<CollectionReading> begin(const QString &collection)
    {
        auto reading = std::make_shared<CollectionReading>();
        reading->collection = collection;
        reading->began = m_clock.utc();
        say(collection, 0);
        return reading;
    }

    /// Pages are parsed and kept in a thread of the pool, one at a time.
    [[nodiscard]] TakePage keeping(const std::shared_ptr<CollectionReading> &reading) const
    {
        return [store = m_store, reading](const QByteArray &body, QObject *parent) {
            const auto keep = [store, reading, body](const std::stop_token &) {
                return parseExactJson(body).and_then([&](const QJsonValue &page) {
                    const QJsonArray rows = page["result"_L1].toArray();
                    const auto taken = reading->collection == linkCollection
                        ? store->addLinks(rows)
                        : store->addObjects(reading->collection, rows);
                    return taken.map([&](const TakenRows &counted) {
                        reading->assigned += counted.assigned;
                        return PageCount {counted.added, counted.seenTwice};
                    });
                });
            };
            return new PoolCall<PageCount>(keep, parent);
        };
    }

    /// Pages of ids and revisions, compared with what was kept.
    [[nodiscard]] TakePage comparing(const std::shared_ptr<CollectionReading> &reading) const
    {
        return [store = m_store, reading](const QByteArray &body, QObject *parent) {
            const auto compare = [store, reading, body](const std::stop_token &) {
                return parseExactJson(body).and_then([&](const QJsonValue &page) {
                    const QJsonArray rows = page["result"_L1].toArray();
                    const qint64 appeared = reading->appeared;
                    return store->compare(rows, *reading).map([&](const TakenRows &counted) {
                        // What appeared is new to the second look as well.
                        return PageCount {counted.added + reading->appeared - appeared,
                                          counted.seenTwice};
                    });
                });
            };
            return new PoolCall<PageCount>(compare, parent);
        };
    }

    Call<PagedTotals> *watched(Call<PagedTotals> *call, const QString &collection)
    {
        connect(call, &CallBase::progressed, this, [this, collection](qint64 rows, qint64) {
            say(collection, rows);
            emit progressed(m_rows + rows, -1);
        });
        return call;
    }

    void readNextSide()
    {
        if (m_next == m_collections.size())
            return readLinks();
        const QString collection = m_collections[m_next++];
        if (const auto side = m_store->sideOf(collection); !kept(side)) // Known, if empty too.
            return;
        const auto reading = begin(collection);
        then(watched(readPages(m_session.client(), query(collection), keeping(reading), this),
                     collection),
             [this, reading](const PagedTotals &totals) {
                 finish(*reading, totals);
                 if (reading->collection.startsWith("managed/"_L1))
                     m_looksAgain.append(*reading);
                 if (kept(m_store->setReading(*reading)))
                     readNextSide();
             });
    }

    void finish(CollectionReading &reading, const PagedTotals &totals)
    {
        reading.rows = totals.added;
        reading.seenTwice = totals.seenTwice;
        reading.ended = m_clock.utc();
        m_rows += totals.added;
    }

    void readLinks()
    {
        const auto reading = begin(linkCollection);
        always(watched(readPages(m_session.client(), query(linkCollection), keeping(reading), this),
                       linkCollection),
               [this, reading](const Result<PagedTotals> &totals) {
                   if (!totals && !isNotOffered(totals.error()))
                       return complete(tl::unexpected(totals.error()));
                   if (!totals)
                       reading->gap =
                           SessionText::tr("The links cannot be read (%1): what is linked is not "
                                           "known, so no situation is certain.")
                               .arg(totals.error().what);
                   finish(*reading, totals.value_or(PagedTotals()));
                   if (totals)
                       m_looksAgain.append(*reading);
                   if (kept(m_store->setReading(*reading)))
                       lookAgain();
               });
    }

    void lookAgain()
    {
        if (m_looksAgain.isEmpty())
            return complete(m_store);
        const auto reading = std::make_shared<CollectionReading>(m_looksAgain.takeFirst());
        PagedQuery ids = query(reading->collection);
        ids.fields = {u"_id"_s};
        const QString what = SessionText::tr("%1 once more").arg(reading->collection);
        then(watched(readPages(m_session.client(), ids, comparing(reading), this), what),
             [this, reading](const PagedTotals &totals) {
                 const qint64 known = totals.added - reading->appeared;
                 reading->vanished = std::max<qint64>(0, reading->rows - known);
                 if (kept(m_store->setReading(*reading)))
                     lookAgain();
             });
    }

    ServerSession &m_session;
    Clock &m_clock;
    const PreviewWish m_wish;
    Kept m_store;
    QStringList m_collections;
    qsizetype m_next = 0;
    qint64 m_rows = 0;
    QList<CollectionReading> m_looksAgain;
};

} // namespace

Call<Kept> *readForPreview(ServerSession &session, Clock &clock, const PreviewWish &wish,
                           QObject *parent)
{
    return new PreviewReading(session, clock, wish, parent);
}

} // namespace hubkeeper
