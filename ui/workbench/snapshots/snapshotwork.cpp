// SPDX-License-Identifier: MIT
#include "workbench/snapshots/snapshotwork.h"

#include "base/poolcall.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "session/snapshots/keptsnapshots.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Comparison
{
    QList<SnapshotDifference> differences;
    ComparedSnapshots found;
};

/// Both are checked first; a copy of the portal goes afterwards.
Result<Comparison> comparisonOf(const QString &before, const QString &after,
                                const QString &toRemove, const std::stop_token &stop)
{
    Comparison result;
    const auto compared = [&]() -> Result<ComparedSnapshots> {
        const auto one = SnapshotReader::open(before);
        if (!one)
            return tl::unexpected(one.error());
        const auto other = SnapshotReader::open(after);
        if (!other)
            return tl::unexpected(other.error());
        for (SnapshotReader *reader : {one->get(), other->get()}) {
            if (const auto whole = reader->verify(stop); !whole)
                return tl::unexpected(whole.error());
        }
        CompareOptions options;
        options.types.removeIf([&](ObjectType type) {
            return !(*one)->info().part(type) || !(*other)->info().part(type);
        });
        return compareSnapshots(
            **one, **other, options,
            [&result](const SnapshotDifference &difference) {
                if (result.differences.size() < SnapshotWork::mostDifferences)
                    result.differences.append(difference);
                return true;
            },
            stop);
    }();
    if (!toRemove.isEmpty())
        (void)removeSnapshot(toRemove);
    if (!compared)
        return tl::unexpected(compared.error());
    result.found = *compared;
    return result;
}

} // namespace

SnapshotWork::SnapshotWork(QObject *parent)
    : QObject(parent)
    , m_work(std::make_unique<QObject>())
{
}

SnapshotWork::~SnapshotWork() = default;

void SnapshotWork::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
    setBusy(false);
}

void SnapshotWork::setRehearsalPortal(StartRehearsalPortal start)
{
    m_start = std::move(start);
}

void SnapshotWork::setBusy(bool busy)
{
    if (m_isBusy == busy)
        return;
    m_isBusy = busy;
    emit busyChanged();
}

template <typename T>
void SnapshotWork::follow(Call<T> *call, const QString &what, std::function<void(const T &)> done)
{
    setBusy(true);
    emit started(call, what);
    call->onDone(this, [this, done = std::move(done)](const Result<T> &outcome) {
        setBusy(false);
        if (outcome)
            done(*outcome);
        else
            emit failed(outcome.error());
    });
}

void SnapshotWork::take(const QString &path, const QString &base)
{
    if (!m_session || m_isBusy)
        return;
    SnapshotOrder order;
    order.path = path;
    order.base = base;
    order.filter.kind = CrestFilter::True;
    follow<SnapshotInfo>(new TakeSnapshot(*m_session, order, m_work.get()), tr("Taking a snapshot"),
                         [this, path](const SnapshotInfo &info) { emit taken(path, info); });
}

void SnapshotWork::compare(const QString &before, const QString &after)
{
    if (!m_session || m_isBusy)
        return;
    if (!after.isEmpty())
        return compareFiles(before, after, {});
    const auto snapshot = SnapshotReader::open(before);
    if (!snapshot)
        return emit failed(snapshot.error());
    if (const auto made = makePrivateFolder(m_session->recordFolder()); !made)
        return emit failed(made.error());
    SnapshotOrder order;
    order.path = newSnapshotPath(m_session->recordFolder(), QDateTime::currentDateTimeUtc());
    order.base = before;
    order.filter.kind = CrestFilter::True;
    order.types.removeIf([&](ObjectType type) { return !(*snapshot)->info().part(type); });
    follow<SnapshotInfo>(new TakeSnapshot(*m_session, order, m_work.get()),
                         tr("Reading the portal"),
                         [this, before, path = order.path](const SnapshotInfo &) {
                             compareFiles(before, path, path);
                         });
}

void SnapshotWork::compareFiles(const QString &before, const QString &after,
                                const QString &toRemove)
{
    const auto work = [=](const std::stop_token &stop) {
        return comparisonOf(before, after, toRemove, stop);
    };
    follow<Comparison>(
        new PoolCall<Comparison>(work, m_work.get()), tr("Comparing"),
        [this](const Comparison &result) { emit compared(result.differences, result.found); });
}

void SnapshotWork::putBack(const QString &path, ObjectType type, const std::vector<qint64> &ids,
                           const QStringList &properties)
{
    if (!m_session || m_isBusy)
        return;
    auto snapshot = SnapshotReader::open(path);
    if (!snapshot)
        return emit failed(snapshot.error());
    PutBackOrder order;
    order.snapshot = std::move(*snapshot);
    order.type = type;
    order.ids = ids;
    order.properties = properties;
    follow<PutBack>(new StageSnapshot(*m_session, order, m_work.get()),
                    tr("Comparing with HubSpot"),
                    [this](const PutBack &outcome) { emit stagedBack(outcome); });
}

void SnapshotWork::rehearse(const QString &path, const QStringList &faults)
{
    if (!m_session || m_isBusy || !m_start)
        return;
    RehearsalOrder order;
    order.setting.snapshot = path;
    order.setting.faults = faults;
    order.rows = m_session->changes().rows();
    order.portalId = m_session->changes().binding().portalId;
    order.portal = m_session->changes().binding().portal();
    order.policy = m_session->policyInForce();
    order.permitsPerSecond = m_session->provisioner().permitsPerSecond;
    order.reserve = m_session->connection().reserve;
    follow<RehearsalReport>(new Rehearse(std::move(order), m_start, m_work.get()), tr("Rehearsing"),
                            [this](const RehearsalReport &report) { emit rehearsed(report); });
}

} // namespace hubkeeper
