// SPDX-License-Identifier: MIT
#include "changes/changesreview.h"

#include "changes/review/changereview.h"
#include "records/values/portalnames.h"
#include "session/open/session.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

ChangesReview::ChangesReview(const PortalNames &names, QObject *parent)
    : QObject(parent)
    , m_names(names)
    , m_work(std::make_unique<QObject>())
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(80ms); // Typing, and what a run reports.
    connect(&m_pause, &QTimer::timeout, this, &ChangesReview::ask);
    connect(&m_names, &PortalNames::changed, this, &ChangesReview::later);
}

ChangesReview::~ChangesReview() = default;

void ChangesReview::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
    m_isAsking = false;
    m_filter.group.reset();
    if (m_session)
        connect(&m_session->changes(), &ChangeSet::changed, m_work.get(), [this] { later(); });
    later();
}

void ChangesReview::setFilter(const ReviewFilter &filter)
{
    const auto group = m_filter.group;
    m_filter = filter;
    m_filter.group = group;
    later();
}

void ChangesReview::setGroup(const std::optional<GroupKey> &group)
{
    m_filter.group = group;
    later();
}

void ChangesReview::setActive(bool isActive)
{
    if (!std::exchange(m_isActive, isActive) && isActive)
        later();
}

void ChangesReview::later()
{
    m_isStale = true;
    if (m_isActive && !m_isAsking && !m_pause.isActive())
        m_pause.start();
}

void ChangesReview::ask()
{
    m_isStale = false;
    if (!m_session)
        return;
    m_isAsking = true;
    groupChanges(m_session->changes(), m_filter, words(), m_work.get())
        ->onDone(m_work.get(), [this](const Result<std::vector<VerbGroup>> &groups) {
            if (groups)
                emit groupsFound(*groups);
            else
                emit failed(groups.error());
            askForRows();
        });
}

void ChangesReview::askForRows()
{
    if (m_filter.isEmpty()) {
        emit rowsFound(std::nullopt);
        return finish();
    }
    findChanges(m_session->changes(), m_filter, words(), m_work.get())
        ->onDone(m_work.get(), [this](const Result<std::vector<qint64>> &rows) {
            if (rows)
                emit rowsFound(*rows);
            else
                emit failed(rows.error());
            finish();
        });
}

void ChangesReview::finish()
{
    m_isAsking = false;
    if (m_isStale)
        later();
}

void ChangesReview::tick(const std::optional<GroupKey> &group, bool includes)
{
    if (!m_session)
        return;
    ReviewFilter filter = m_filter;
    filter.group = group;
    findChanges(m_session->changes(), filter, words(), m_work.get())
        ->onDone(m_work.get(), [this, includes](const Result<std::vector<qint64>> &rows) {
            if (rows)
                m_session->changes().setExcluded(*rows, !includes);
            else
                emit failed(rows.error());
        });
}

ReviewWords ChangesReview::words() const
{
    ReviewWords words;
    for (const ObjectType type : {ObjectType::Contacts, ObjectType::Companies})
        words.definitions.insert(type, m_names.of(type).definitions());
    for (const Owner &owner : m_names.of(ObjectType::Contacts).owners())
        words.owners.insert(owner.id, owner.displayName());
    return words;
}

} // namespace hubkeeper
