// SPDX-License-Identifier: MIT
#include "changes/set/changeset.h"
#include "records/conditions/conditionbar.h"
#include "records/conditions/conditionrow.h"
#include "records/grid/columndialog.h"
#include "records/grid/gridbar.h"
#include "records/grid/gridheaders.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordjump.h"
#include "records/recordspage.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "session/views/viewfilter.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>

// The view that RecordsPage shows: from the view into conditions, columns and order, and back.

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// "Phone contains “41”".
QString saidOf(const CrestFilter &leaf, const PropertyNames &names)
{
    const auto condition = leafFrom(leaf);
    if (!condition)
        return conditionsText(leaf);
    const PropertyDefinition *definition = names.definition(condition->property);
    QStringList values;
    for (const QString &value : condition->values)
        values.append(u'“' + names.shown(condition->property, value).left(40) + u'”');
    return names.label(condition->property) + u' '
        + textOf(condition->op, familyOf(definition, names)) + u' ' + values.join(u", "_s);
}

} // namespace

void RecordsPage::makeEmptyState()
{
    m_emptyText = new QLabel(m_empty);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_emptyText->setTextFormat(Qt::PlainText);
    m_clear = new QPushButton(tr("C&lear Conditions"), m_empty);
    m_clear->setObjectName(u"clearConditions"_s);
    auto *layout = new QVBoxLayout(m_empty);
    layout->addStretch();
    layout->addWidget(m_emptyText);
    layout->addWidget(m_clear, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_conditions->clear();
        noteView();
        read();
        m_conditions->words()->setFocus();
    });
}

void RecordsPage::connectViews()
{
    connect(&m_views, &RecordViews::chosen, this, &RecordsPage::showView);
    connect(&m_views, &RecordViews::failed, this, [this](const Error &error) {
        m_message->showMessage(MessageBar::Failure, error.what, error.remedy);
        m_message->setCause(&m_views);
    });
    connect(&m_views, &RecordViews::tabsChanged, this, [this] { m_message->dismissFor(&m_views); });
    connect(&m_views, &RecordViews::removed, this, [this](const QString &name) {
        m_message->showMessage(MessageBar::Information, tr("The view “%1” was deleted.").arg(name),
                               {}, {{Choice::Restore, tr("Und&o")}});
        m_message->showUntil(&m_session->changes(), &ChangeSet::changed); // Undo means that then.
    });
    connect(&m_views, &RecordViews::lost, this, [this](const QString &name) {
        m_message->showMessage(
            MessageBar::Information,
            tr("The view “%1” was deleted in another window or on the command line.").arg(name));
    });
    connect(m_conditions, &ConditionBar::edited, this, &RecordsPage::noteView);
    connect(m_table, &RecordTable::pinChosen, this, &RecordsPage::noteView);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionResized, this,
            &RecordsPage::noteView);
    connect(m_table, &RecordTable::sorted, this, [this](const QList<RowSort> &sorts) {
        m_toTop = true;
        m_query.setSorts(sorts);
        noteView();
    });
}

/// Those of the view that the portal defines.
QStringList RecordsPage::shownColumns() const
{
    const QStringList &wanted = m_views.current().columns;
    QStringList known;
    for (const QString &name : wanted.isEmpty() ? usualColumns(m_type) : wanted) {
        if (m_names.definition(name))
            known.append(name);
    }
    return known;
}

/// What has to be read for the view, as of this moment; nothing if that cannot be, which is said.
std::optional<PlannedQuery> RecordsPage::plannedQuery()
{
    const auto search =
        planViewSearch(m_type, m_conditions->words()->text().trimmed(), m_conditions->filter(),
                       m_names.definitions(), QDateTime::currentDateTime());
    if (!search) {
        m_notice.showBadSearch(search.error().sentence());
        m_message->setCause(m_conditions);
        return std::nullopt;
    }
    showSearch(*search);
    PlannedQuery planned {search->query,
                          m_conditions->words()->text().trimmed() + u'\n'
                              + search->resolved.toString()};
    QStringList &properties = planned.browse.properties;
    properties = shownColumns() + labelProperties(m_type) + properties;
    properties.removeDuplicates();
    return planned;
}

/// What of it HubSpot answers, and what relative dates are today.
void RecordsPage::showSearch(const ViewSearch &search)
{
    const QString resolved = conditionsText(search.resolved);
    m_conditions->setResolved(resolved == conditionsText(m_conditions->filter()) ? QString()
                                                                                 : resolved);
    if (!search.isFilteredHere())
        return m_conditions->setNote({});
    QStringList said;
    for (const CrestFilter &leaf : search.answeredHere)
        said.append(saidOf(leaf, m_names));
    QString note = said.isEmpty()
        ? tr("These are too many conditions for a search of HubSpot.")
        : tr("HubSpot cannot search for this: %1.").arg(said.join(u"; "_s));
    note += u' '
        + (search.readsEverything ? tr("All records are read and checked here.")
                                  : tr("Records that match the rest are read and checked here."));
    m_conditions->setNote(note);
}

void RecordsPage::showView()
{
    const QScopedValueRollback showing(m_isShowing, true);
    const RecordView &view = m_views.current();
    m_conditions->setConditions(view.words, view.filter);
    m_table->setPinned(view.pinned);
    if (!m_session || m_names.definitions().isEmpty())
        return;
    if (!m_conditions->fault().isEmpty())
        return read(); // It says so.
    m_message->dismiss();
    m_toTop = true;
    if (const auto query = plannedQuery())
        m_query.show(*query);
}

/// Somebody changed something of the view that is shown.
void RecordsPage::noteView()
{
    if (m_isShowing || !m_session)
        return;
    RecordView view = m_views.current();
    view.words = m_conditions->words()->text().trimmed();
    view.filter = m_conditions->filterText();
    if (m_model && m_query.set()) {
        const QHeaderView *header = m_table->horizontalHeader();
        const QStringList columns = QStringList {QString()} + m_model->columns();
        for (int i = 0; i < columns.size() && i < header->count(); ++i) {
            if (header->sectionSize(i) == header->defaultSectionSize())
                view.widths.remove(columns[i]);
            else
                view.widths.insert(columns[i], header->sectionSize(i));
        }
        view.pinned = m_table->pinned();
        view.sorts = m_table->headers().sorts();
    }
    m_views.edit(view);
}

void RecordsPage::applyWidths()
{
    const QScopedValueRollback showing(m_isShowing, true);
    QHeaderView *header = m_table->horizontalHeader();
    header->setDefaultSectionSize(fontMetrics().averageCharWidth() * 20);
    const QStringList columns = QStringList {QString()} + m_model->columns();
    for (int i = 0; i < columns.size() && i < header->count(); ++i)
        header->resizeSection(
            i, m_views.current().widths.value(columns[i], header->defaultSectionSize()));
}

void RecordsPage::applySorts()
{
    const QScopedValueRollback showing(m_isShowing, true);
    m_table->headers().setSorts(m_views.current().sorts);
    m_query.setSorts(m_table->headers().sorts());
}

void RecordsPage::chooseColumns()
{
    if (!m_session || m_names.definitions().isEmpty())
        return;
    const QStringList before = shownColumns();
    auto *dialog = new ColumnDialog(m_names.definitions(), before, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_work.get(), &QObject::destroyed, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, m_work.get(), [this, dialog, before] {
        if (dialog->chosen() != before)
            showColumns(dialog->chosen());
    });
    dialog->open();
}

void RecordsPage::showColumns(const QStringList &wanted)
{
    RecordView view = m_views.current();
    view.columns = wanted;
    m_views.edit(view);
    const QStringList have = m_query.set() ? m_query.set()->properties() : QStringList();
    const bool allRead = std::all_of(wanted.begin(), wanted.end(),
                                     [&](const QString &name) { return have.contains(name); });
    if (!allRead)
        return read();
    m_jump->remember();
    {
        const QScopedValueRollback showing(m_isShowing, true);
        setColumns(*m_table, wanted);
    }
    applySorts();
    m_jump->returnToPlace();
    m_query.setShown(wanted, m_bar->wantsRaw());
}

} // namespace hubkeeper
