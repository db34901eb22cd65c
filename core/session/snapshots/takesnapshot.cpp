// SPDX-License-Identifier: MIT
#include "session/snapshots/takesnapshot.h"

#include "base/version.h"
#include "filter/crestparser.h"
#include "portal/requests.h"
#include "session/open/session.h"
#include "session/sessiontext.h"
#include "session/snapshots/snapshotnotes.h"
#include "session/views/readview.h"
#include "store/snapshot/snapshotreader.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

/// HubSpot's search sees a change some seconds after it was made, minutes at worst; reading a
/// record twice does no harm (hubspot-api 6.5).
constexpr auto indexOverlap = 15min;

QList<QJsonObject> groupsFrom(const QByteArray &json)
{
    QList<QJsonObject> groups;
    const QJsonArray results = QJsonDocument::fromJson(json)["results"_L1].toArray();
    for (const QJsonValue &one : results)
        groups.append(one.toObject());
    return groups;
}

QStringList namesOf(const QList<PropertyDefinition> &definitions)
{
    QStringList names;
    for (const PropertyDefinition &one : definitions)
        names.append(one.name);
    return names;
}

} // namespace

TakeSnapshot::TakeSnapshot(Session &session, SnapshotOrder order, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_order(std::move(order))
{
    cancelWith(&m_session);
    if (const auto free = checkSnapshotPlace(m_order.path, m_order.replaces); !free) {
        complete(tl::unexpected(free.error()));
        return;
    }
    if (m_order.view || m_order.filter.kind != CrestFilter::True) {
        if (m_order.view)
            m_order.types = {m_order.view->type};
        if (m_order.types.size() != 1 || !m_order.base.isEmpty()) {
            complete(
                fail(ErrorKind::InvalidInput,
                     SessionText::tr("A snapshot of some records is of one type, and is always "
                                     "read anew."),
                     SessionText::tr("Name contacts or companies, without an earlier "
                                     "snapshot.")));
            return;
        }
    }
    then(m_session.account(this), [this](const AccountDetails &account) { begin(account); });
}

TakeSnapshot::~TakeSnapshot() = default;

void TakeSnapshot::begin(const AccountDetails &account)
{
    m_info.portalId = account.portalId;
    m_info.portalName = account.portalName;
    m_info.connection = m_session.connection().label;
    m_info.connectionId = m_session.connection().id;
    m_info.apiVersion = nameOf(m_session.portal().version());
    m_info.program = QString::fromLatin1(productName) + u' ' + QString::fromLatin1(productVersion);
    m_info.begun = m_session.portal().client().portalTime();
    QStringList conditions;
    if (m_order.view && !m_order.view->name.isEmpty())
        conditions.append(SessionText::tr("View “%1”").arg(m_order.view->name));
    if (m_order.view && !m_order.view->filter.isEmpty())
        conditions.append(m_order.view->filter);
    if (m_order.filter.kind != CrestFilter::True)
        conditions.append(conditionsText(m_order.filter));
    m_info.condition = conditions.join(u", "_s);
    for (const ObjectType type : std::as_const(m_order.types)) {
        SnapshotPart part;
        part.type = type;
        m_info.parts.append(part);
    }
    if (m_order.base.isEmpty())
        return open();
    if (const auto based = useBase(); !based)
        return complete(tl::unexpected(based.error()));
    // What was changed in it would be sealed as true. By a reader of its own, on another thread.
    const auto check = [path = m_order.base](const std::stop_token &stop) {
        return SnapshotReader::open(path).and_then(
            [&stop](const auto &reader) { return reader->verify(stop); });
    };
    then(new PoolCall<void>(check, this), [this] { open(); });
}

void TakeSnapshot::open()
{
    if (const auto opened = openStore(); !opened)
        return complete(tl::unexpected(opened.error()));
    readSchemas();
}

Result<void> TakeSnapshot::useBase()
{
    const auto base = SnapshotReader::open(m_order.base);
    if (!base)
        return tl::unexpected(base.error());
    const SnapshotInfo &info = (*base)->info();
    if (info.portalId != m_info.portalId)
        return fail(ErrorKind::Refused,
                    SessionText::tr("%1 is of the portal %2; this one is %3.")
                        .arg(m_order.base, info.portalText(), m_info.portalText()),
                    SessionText::tr("Choose a snapshot of this portal."));
    const bool lacksType =
        std::any_of(m_order.types.begin(), m_order.types.end(),
                    [&info](ObjectType type) { return info.part(type) == nullptr; });
    if (info.state == SnapshotState::Unfinished || !info.condition.isEmpty() || lacksType)
        return fail(
            ErrorKind::InvalidInput,
            SessionText::tr("%1 does not hold all records of this portal.").arg(m_order.base),
            SessionText::tr("Choose a finished snapshot of the whole portal."));
    m_baseBegun = info.begun;
    m_info.basedOn = info.begun;
    return {};
}

Result<void> TakeSnapshot::openStore()
{
    auto store = SnapshotStore::lock(m_order.path);
    if (!store)
        return tl::unexpected(store.error());
    m_store = std::move(*store);
    const auto unfinished = m_store->unfinished();
    if (unfinished && !m_order.startsOver) {
        const bool isSame = isSameScope(*unfinished, m_info);
        if (isSame && unfinished->basedOn == m_info.basedOn) {
            m_isResumed = true;
            m_info = *unfinished;
            return m_store->resume();
        }
        if (!isSame && !m_order.replaces)
            return refusedUnfinished(m_order.path, *unfinished);
    }
    return m_store->create(m_info);
}

void TakeSnapshot::follow(CallBase *step, const QString &what)
{
    emit stepBegun(what);
    connect(step, &CallBase::progressed, this, &CallBase::progressed);
}

void TakeSnapshot::storeInfo(std::function<void()> next)
{
    const auto store = [info = m_info](SnapshotWriter &writer) { return writer.setInfo(info); };
    then(m_store->run<void>(store, this), std::move(next));
}

void TakeSnapshot::readSchemas()
{
    emit stepBegun(SessionText::tr("Schema"));
    const qsizetype at = m_definitions.size();
    if (at == m_info.parts.size())
        return readOwners();
    then(m_session.definitions(m_info.parts[at].type, true, this),
         [this, at](const QList<PropertyDefinition> &definitions) { readGroups(at, definitions); });
}

/// A portal that does not show its groups is no reason to take no snapshot.
void TakeSnapshot::readGroups(qsizetype at, const QList<PropertyDefinition> &definitions)
{
    const ApiPaths paths(m_session.portal().version());
    const HttpRequest request = getRequest(paths.properties(m_info.parts[at].type) + u"/groups"_s);
    always(
        m_session.portal().client().fetch(request, this),
        [this, at, definitions](const Result<HttpReply> &reply) {
            storeSchema(at, {definitions, reply ? groupsFrom(reply->body) : QList<QJsonObject>()});
        });
}

void TakeSnapshot::storeSchema(qsizetype at, const SnapshotSchema &schema)
{
    SnapshotPart &part = m_info.parts[at];
    m_definitions.insert(part.type, schema.definitions);
    const QStringList columns = PackedColumns(namesOf(schema.definitions)).names();
    const bool areOthers = m_isResumed && part.properties != columns;
    if (areOthers) { // What was read so far is in other columns.
        if (!part.properties.isEmpty())
            m_info.notes.append(SessionText::tr("Properties were added or removed while it was "
                                                "taken: %1 were read from the beginning.")
                                    .arg(wordOf(part.type)));
        part = SnapshotPart {part.type, {}, {}, {}, {}, {}, -1};
    }
    part.properties = columns;
    const auto put = [type = part.type, schema, areOthers](SnapshotWriter &writer) {
        const auto cleared = areOthers ? writer.clear(type) : Result<void>();
        return cleared.and_then([&] { return writer.putSchema(type, schema); });
    };
    then(m_store->run<void>(put, this), [this] { readSchemas(); });
}

void TakeSnapshot::readOwners()
{
    always(m_session.owners(true, this), [this](const Result<QList<Owner>> &owners) {
        if (!owners && owners.error().kind != ErrorKind::Forbidden)
            return complete(tl::unexpected(owners.error()));
        const QString gap = SessionText::tr("Owners: the connection lacks the scope that shows "
                                            "them.");
        m_info.gaps.removeAll(gap);
        if (!owners)
            m_info.gaps.append(gap);
        const auto put = [list = owners.value_or(QList<Owner>())](SnapshotWriter &writer) {
            return writer.putOwners(list);
        };
        then(m_store->run<void>(put, this), [this] { prepareRecords(); });
    });
}

/// An incremental one begins with what its base has.
void TakeSnapshot::prepareRecords()
{
    const auto prepare = [info = m_info, base = m_isResumed ? QString() : m_order.base](
                             SnapshotWriter &writer) -> Result<void> {
        return writer.setInfo(info).and_then([&]() -> Result<void> {
            return base.isEmpty() ? Result<void>() : writer.copyFrom(base);
        });
    };
    then(m_store->run<void>(prepare, this), [this] { readRecords(); });
}

void TakeSnapshot::readRecords()
{
    for (qsizetype at = 0; at < m_info.parts.size(); ++at) {
        SnapshotPart &part = m_info.parts[at];
        if (part.ended.isValid())
            continue;
        if (!part.begun.isValid())
            part.begun = m_session.portal().client().portalTime();
        return storeInfo([this, at] { readPart(at); });
    }
    readLinks(0);
}

SnapshotTarget TakeSnapshot::targetOf(qsizetype at) const
{
    const SnapshotPart &part = m_info.parts[at];
    return {m_session,
            *m_store,
            QFileInfo(m_order.path).absolutePath(),
            part.type,
            std::make_shared<const PackedColumns>(part.properties),
            rangesFrom(part.rest)};
}

void TakeSnapshot::readPart(qsizetype at)
{
    const QString what = wordOf(m_info.parts[at].type);
    if (!m_info.condition.isEmpty())
        return readView(at);
    SnapshotTarget target = targetOf(at);
    if (!m_info.basedOn.isValid()) {
        auto *list = new ListIntoSnapshot(target, this);
        follow(list, what);
        return then(list, [this, at](qint64) { readAgain(at); });
    }
    target.ranges = {IdRange {}};
    if (m_order.quick) {
        m_info.gaps.append(quickGap(target.type));
        auto *changes = new ChangesIntoSnapshot(
            target, m_info.basedOn.addMSecs(-std::chrono::milliseconds(indexOverlap).count()),
            this);
        follow(changes, what);
        return then(changes, [this, at](qint64) { endPart(at); });
    }
    const DerivedProperties derived = derivedProperties(m_definitions.value(target.type));
    auto *sweep = new SweepIntoSnapshot(
        target, std::make_shared<const PackedColumns>(derived.compared), this);
    follow(sweep, what);
    then(sweep, [this, at, derived](const SweepOutcome &outcome) {
        m_info.notes += derivedNotes(m_info.parts[at].type, derived, outcome.refreshed);
        readAgain(at);
    });
}

void TakeSnapshot::readView(qsizetype at)
{
    RecordView view = m_order.view.value_or(RecordView());
    view.type = m_info.parts[at].type;
    view.sorts.clear();
    auto *reading = new ReadView(m_session, view, m_order.filter, m_info.parts[at].properties,
                                 QDateTime::currentDateTime(), this);
    follow(reading, wordOf(view.type));
    then(reading, [this, at](const ReadViewResult &found) {
        if (!found.summary.complete)
            m_info.gaps.append(SessionText::tr("HubSpot does not show all of this search."));
        copyView(at, std::make_shared<ReadViewResult>(found), 0);
    });
}

void TakeSnapshot::copyView(qsizetype at, const std::shared_ptr<ReadViewResult> &found, size_t from)
{
    constexpr size_t portion = 500;
    if (from >= found->rows.size())
        return endPart(at);
    const auto first = found->rows.begin() + qsizetype(from);
    const size_t count = std::min(portion, found->rows.size() - from);
    const SnapshotTarget target = targetOf(at);
    then(found->set->read({first, first + qsizetype(count)}, this),
         [this, at, found, from, target](const QList<Record> &records) {
             std::vector<PackedRecord> rows;
             for (const Record &record : records) {
                 if (auto row = packed(record, *target.columns))
                     rows.push_back(std::move(*row));
             }
             const auto add = [type = target.type, rows](SnapshotWriter &writer) {
                 return writer.add(type, rows, {});
             };
             then(m_store->run<void>(add, this),
                  [this, at, found, from] { copyView(at, found, from + portion); });
         });
}

/// What was changed while the records were read is read once more.
void TakeSnapshot::readAgain(qsizetype at)
{
    const QDateTime since = m_info.parts[at].begun;
    auto *changes = new ChangesIntoSnapshot(targetOf(at), since, this);
    always(changes, [this, at](const Result<qint64> &records) {
        if (records) {
            if (*records > 0)
                m_info.notes.append(changedNote(m_info.parts[at].type, *records));
            return endPart(at);
        }
        if (records.error().kind == ErrorKind::Cancelled)
            return complete(tl::unexpected(records.error()));
        m_info.gaps.append(SessionText::tr("%1: whether records were changed while they were read "
                                           "is not known. %2")
                               .arg(wordOf(m_info.parts[at].type), records.error().what));
        endPart(at);
    });
}

void TakeSnapshot::endPart(qsizetype at)
{
    const auto count = [type = m_info.parts[at].type](SnapshotWriter &writer) {
        return writer.count(type);
    };
    then(m_store->run<qint64>(count, this), [this, at](qint64 records) {
        m_info.parts[at].records = records;
        m_info.parts[at].ended = m_session.portal().client().portalTime();
        m_info.parts[at].rest = "[]";
        storeInfo([this] { readRecords(); });
    });
}

void TakeSnapshot::readLinks(size_t pair)
{
    if (pair == snapshotPairs.size())
        return findRelinked();
    const SnapshotPart *from = m_info.part(snapshotPairs[pair].from);
    if (!from)
        return readLinks(pair + 1);
    auto *links =
        new LinksIntoSnapshot(m_session, *m_store, snapshotPairs[pair], from->records, this);
    follow(links, SessionText::tr("Associations"));
    then(links, [this, pair] { readLabels(pair); });
}

void TakeSnapshot::readLabels(size_t pair)
{
    const SnapshotPair types = snapshotPairs[pair];
    then(m_session.portal().associationLabels(types.from, types.to, this),
         [this, pair, types](const QList<AssociationLabel> &labels) {
             for (SnapshotPart &part : m_info.parts) {
                 if (part.type == types.from)
                     part.linksRead = m_session.portal().client().portalTime();
             }
             const auto put = [types, labels](SnapshotWriter &writer) {
                 return writer.putLabels({types, labels});
             };
             then(m_store->run<void>(put, this), [this, pair] { readLinks(pair + 1); });
         });
}

/// HubSpot derives properties from associations (the company of a contact, counts), and leaves the
/// time of change as it is: records whose associations are not those of the base are read again.
void TakeSnapshot::findRelinked()
{
    if (!m_info.basedOn.isValid())
        return finish();
    const auto find = [base = m_order.base](SnapshotWriter &writer) {
        return writer.findRelinked(base);
    };
    then(m_store->run<void>(find, this), [this] { readRelinked(0); });
}

void TakeSnapshot::readRelinked(qsizetype at)
{
    if (at == m_info.parts.size())
        return finish();
    then(new RelinkedIntoSnapshot(targetOf(at), this), [this, at] { readRelinked(at + 1); });
}

void TakeSnapshot::finish()
{
    emit stepBegun(SessionText::tr("Sealing"));
    m_info.ended = m_session.portal().client().portalTime();
    storeInfo([this] {
        then(m_store->finish(this), [this] {
            m_info.state = m_info.gaps.isEmpty() ? SnapshotState::Complete : SnapshotState::Partial;
            complete(m_info);
        });
    });
}

} // namespace hubkeeper
