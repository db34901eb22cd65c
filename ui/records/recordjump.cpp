// SPDX-License-Identifier: MIT
#include "records/recordjump.h"

#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordsquery.h"
#include "session/open/session.h"
#include "widgets/selectalone.h"

#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecordJump::RecordJump(ObjectType type, RecordsQuery &query, RecordTable &table, QObject *parent)
    : QObject(parent)
    , m_type(type)
    , m_query(query)
    , m_table(table)
{
}

void RecordJump::setSession(std::shared_ptr<Session> session)
{
    m_session = std::move(session);
    m_place = {};
    if (!m_session)
        m_wanted.clear();
}

RecordTableModel *RecordJump::model() const
{
    return qobject_cast<RecordTableModel *>(m_table.model());
}

void RecordJump::goTo(const QString &key)
{
    emit started();
    RecordSet *set = m_query.set();
    if (!set || !model()) {
        m_wanted = key;
        return;
    }
    if (const int row = model()->viewRowOf(key); row >= 0)
        return show(row);
    set->find(key, set)->onDone(this, [this, key](const Result<qint64> &found) {
        const int row = found && model() ? model()->viewRowOf(*found) : -1;
        if (row >= 0)
            show(row);
        else if (m_session)
            read(key);
    });
}

void RecordJump::goToWanted()
{
    if (!m_wanted.isEmpty())
        goTo(std::exchange(m_wanted, {}));
}

bool RecordJump::showWanted()
{
    const int row = m_wanted.isEmpty() ? -1 : model()->viewRowOf(m_wanted);
    if (row < 0)
        return false;
    m_wanted.clear();
    show(row);
    return true;
}

/// Reads a record that the grid does not show into it.
void RecordJump::read(const QString &key)
{
    RecordSet *set = m_query.set();
    ReadOptions options;
    options.properties = set->properties();
    if (key.contains(u'@') && m_type == ObjectType::Contacts)
        options.idProperty = u"email"_s;
    m_session->portal()
        .read(m_type, key, options, set)
        ->onDone(this, [this, set](const Result<Record> &record) {
            if (!record)
                return emit failed(record.error());
            emit filterInTheWay();
            m_wanted = record->id;
            set->append({*record}, set)->onDone(this, [this](const Result<void> &stored) {
                if (stored) // Else the set has reported it.
                    m_query.arrange();
            });
        });
}

void RecordJump::show(int row)
{
    const QModelIndex index = model()->index(row, 1);
    selectAlone(m_table, index);
    m_table.scrollTo(index, QAbstractItemView::PositionAtCenter);
    m_table.setFocus();
}

void RecordJump::remember()
{
    const QModelIndex current = m_table.currentIndex();
    if (!current.isValid() || !model() || !model()->isLoaded(current.row()))
        return;
    m_place = {model()->idAt(current.row()), current.column(),
               current.row() - m_table.verticalScrollBar()->value()};
}

void RecordJump::returnToPlace()
{
    const Spot place = std::exchange(m_place, {});
    RecordSet *set = m_query.set();
    if (place.id.isEmpty() || !set)
        return;
    set->find(place.id, set)->onDone(this, [this, place](const Result<qint64> &found) {
        const int row = found && model() ? model()->viewRowOf(*found) : -1;
        if (row < 0)
            return;
        selectAlone(m_table,
                    model()->index(row, std::min(place.column, model()->columnCount() - 1)));
        m_table.verticalScrollBar()->setValue(row - place.below);
    });
}

} // namespace hubkeeper
