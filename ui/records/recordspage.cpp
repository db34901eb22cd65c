// SPDX-License-Identifier: MIT
#include "records/recordspage.h"

#include "records/grid/columndialog.h"
#include "records/grid/conditionbar.h"
#include "records/grid/propertydelegate.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/inspector/inspector.h"
#include "records/newrecorddialog.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QDesktopServices>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

QStringList defaultColumns(ObjectType type)
{
    if (type == ObjectType::Contacts) {
        return {u"email"_s,   u"firstname"_s,      u"lastname"_s,         u"phone"_s,
                u"company"_s, u"lifecyclestage"_s, u"hubspot_owner_id"_s, u"lastmodifieddate"_s};
    }
    return {u"name"_s,
            u"domain"_s,
            u"phone"_s,
            u"city"_s,
            u"country"_s,
            u"industry"_s,
            u"hubspot_owner_id"_s,
            u"hs_lastmodifieddate"_s};
}

} // namespace

RecordsPage::RecordsPage(ObjectType type, Masking &masking, QWidget *parent)
    : Page(nameOf(type), parent)
    , m_type(type)
    , m_masking(masking)
    , m_names(masking)
    , m_conditions(new ConditionBar(m_names, this))
    , m_message(new MessageBar(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new QLabel(this))
    , m_table(new RecordTable(this))
    , m_progress(new CallBar(this))
{
    m_table->setObjectName(nameOf(type) + u"Table"_s);
    m_table->setItemDelegate(new PropertyDelegate(m_names, m_table));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setTextFormat(Qt::PlainText);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_conditions);
    layout->addLayout(makeFilterRow());
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_progress);

    makeMenu();
    m_filterPause.setSingleShot(true);
    m_filterPause.setInterval(150ms);
    connect(&m_filterPause, &QTimer::timeout, this, &RecordsPage::makeOrder);
    connect(m_conditions, &ConditionBar::searchRequested, this, &RecordsPage::read);
    connect(m_message, &MessageBar::buttonPressed, this, &RecordsPage::onMessageButton);
    connect(m_table, &RecordTable::statusMessage, this, &Page::statusMessage);
    connect(&m_masking, &Masking::changed, this, &RecordsPage::namesChanged);
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            [this](int section, Qt::SortOrder order) {
                m_rowQuery.sortProperty =
                    section > 0 && m_model ? m_model->columns().value(section - 1) : QString();
                m_rowQuery.descending = order == Qt::DescendingOrder;
                makeOrder();
            });
    showEmptyState();
}

RecordsPage::~RecordsPage() = default;

QLayout *RecordsPage::makeFilterRow()
{
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(id() + u"Filter"_s);
    m_filter->setPlaceholderText(tr("Filter loaded rows"));
    m_filter->setAccessibleName(tr("Filter loaded rows"));
    m_filter->setClearButtonEnabled(true);
    m_columnsButton = new QToolButton(this);
    m_columnsButton->setText(tr("Columns…"));
    m_columnsButton->setIcon(hubkeeper::icon(u"view-columns"_s));
    m_columnsButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_rawButton = new QToolButton(this);
    m_rawButton->setText(tr("Raw Values"));
    m_rawButton->setToolTip(tr("Show values and names as HubSpot stores them"));
    m_rawButton->setCheckable(true);
    m_count = new QLabel(this);
    m_count->setObjectName(id() + u"Count"_s);

    auto *row = new QHBoxLayout;
    row->addWidget(m_filter, 1);
    row->addWidget(m_columnsButton);
    row->addWidget(m_rawButton);
    row->addWidget(m_count);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_rowQuery.contains = text;
        m_filterPause.start();
    });
    connect(m_columnsButton, &QToolButton::clicked, this, &RecordsPage::chooseColumns);
    connect(m_rawButton, &QToolButton::toggled, this, [this](bool raw) {
        if (m_model)
            m_model->setRaw(raw);
    });
    return row;
}

void RecordsPage::makeMenu()
{
    const auto add = [this](const QString &text, void (RecordsPage::*run)()) {
        auto *action = new QAction(text, this);
        connect(action, &QAction::triggered, this, run);
        m_recordActions.append(action);
        return action;
    };
    add(m_type == ObjectType::Contacts ? tr("&New Contact…") : tr("&New Company…"),
        &RecordsPage::createRecord);
    add(tr("&Archive Selected Records…"), &RecordsPage::archiveSelected);
    add(tr("Open in &HubSpot"), &RecordsPage::openInHubSpot);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        QMenu menu;
        menu.addActions({m_table->copyAction(), m_table->pasteAction(), m_table->clearAction()});
        menu.addSeparator();
        menu.addActions({m_table->revertCellAction(), m_table->revertSelectionAction()});
        menu.addSeparator();
        menu.addActions(m_recordActions);
        menu.exec(m_table->viewport()->mapToGlobal(at));
    });
}

void RecordsPage::addToMenus(const Menus &menus)
{
    QMenu *menu = menus.edit->addMenu(title());
    menu->addActions({m_table->copyAction(), m_table->pasteAction(), m_table->clearAction()});
    menu->addSeparator();
    menu->addActions({m_table->revertCellAction(), m_table->revertSelectionAction()});
    menu->addSeparator();
    menu->addActions(m_recordActions);
    QAction *go = menus.go->addAction(
        m_type == ObjectType::Contacts ? tr("Contact by ID or E-mail…") : tr("Company by ID…"));
    if (m_type == ObjectType::Contacts)
        go->setShortcut(Qt::CTRL | Qt::Key_G);
    connect(go, &QAction::triggered, this, &RecordsPage::askForRecord);
}

QString RecordsPage::title() const
{
    return m_type == ObjectType::Contacts ? tr("Contacts") : tr("Companies");
}

QIcon RecordsPage::icon() const
{
    return hubkeeper::icon(nameOf(m_type));
}

QWidget *RecordsPage::inspector()
{
    if (!m_inspector) {
        m_inspector = new Inspector(m_type, m_names, this);
        m_inspector->setSession(m_session);
        connect(m_inspector, &Inspector::goTo, this, &Page::goTo);
        connect(m_inspector, &Inspector::statusMessage, this, &Page::statusMessage);
    }
    return m_inspector;
}

void RecordsPage::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_table->setModel(nullptr);
    m_model.reset();
    m_set.reset();
    m_session = std::move(session);
    m_names.clear();
    m_begun = false;
    m_complete = false;
    m_message->dismiss();
    m_conditions->clear();
    if (m_inspector)
        m_inspector->setSession(m_session);
    for (QAction *action : std::as_const(m_recordActions))
        action->setEnabled(m_session != nullptr);
    updateCount();
    showEmptyState();
    if (!m_session)
        return;
    m_model = std::make_unique<RecordTableModel>(m_session->changes(), m_names, nullptr);
    m_model->setRaw(m_rawButton->isChecked());
    connect(m_model.get(), &RecordTableModel::refused, this, &Page::statusMessage);
    m_table->setModel(m_model.get());
    m_table->setChanges(&m_session->changes());
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, m_work.get(),
            [this] { onCurrentChanged(); });
    connect(m_session.get(), &Session::recordsWritten, m_work.get(),
            [this](ObjectType type, const QList<Record> &records) {
                for (const Record &record : records) {
                    if (type == m_type && m_set)
                        m_set->replace(record);
                }
            });
    connect(m_session.get(), &Session::recordsArchived, m_work.get(),
            [this](ObjectType type, const QStringList &ids) {
                for (const QString &id : ids) {
                    if (type == m_type && m_set)
                        m_set->markArchived(id);
                }
            });
    if (isVisible())
        begin();
}

void RecordsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    begin();
}

void RecordsPage::begin()
{
    if (!m_session || m_begun)
        return;
    m_begun = true;
    readNames();
}

void RecordsPage::readNames()
{
    auto *call = m_session->definitions(m_type, false, m_work.get());
    m_progress->watch(call, tr("Reading properties"));
    call->onDone(this, [this](const Result<QList<PropertyDefinition>> &definitions) {
        if (!definitions) {
            m_begun = false;
            return m_message->showError(definitions.error(), Situation::ReadingRecords);
        }
        m_names.setDefinitions(*definitions);
        m_masking.learn(m_type, *definitions);
        m_conditions->namesChanged();
        read();
    });
    // Without the owners' scope the ids are shown; that is no failure of this page.
    m_session->owners(false, m_work.get())
        ->onDone(this, [this](const Result<QList<Owner>> &owners) {
            if (owners && m_model) {
                m_names.setOwners(*owners);
                namesChanged();
            }
        });
}

void RecordsPage::namesChanged()
{
    if (m_table->viewport()->isAncestorOf(QApplication::focusWidget()))
        m_table->setFocus(); // Ends an edit: an editor shows the value itself.
    if (m_model)
        m_model->namesChanged();
    if (m_inspector)
        m_inspector->namesChanged();
}

QString RecordsPage::columnsKey() const
{
    return u"columns/%1/%2"_s.arg(m_session->connection().id, nameOf(m_type));
}

QStringList RecordsPage::columns() const
{
    const QStringList kept = QSettings().value(columnsKey()).toStringList();
    QStringList known;
    for (const QString &name : kept.isEmpty() ? defaultColumns(m_type) : kept) {
        if (m_names.definition(name))
            known.append(name);
    }
    return known;
}

QStringList RecordsPage::readProperties() const
{
    QStringList properties = columns();
    for (const QString &name : labelProperties(m_type)) {
        if (!properties.contains(name))
            properties.append(name);
    }
    return properties;
}

void RecordsPage::read()
{
    if (!m_session)
        return;
    if (m_names.definitions().isEmpty())
        return begin();
    m_message->dismiss();
    m_progress->cancel();
    auto set = RecordSet::create(m_session->recordFolder(), m_type, readProperties());
    if (!set)
        return m_message->showError(set.error(), Situation::ReadingRecords);
    m_model->setRecordSet(nullptr);
    m_set = std::move(*set);
    m_complete = false;
    m_model->setColumns(columns());
    m_model->setRecordSet(m_set.get());
    m_table->horizontalHeader()->setDefaultSectionSize(fontMetrics().averageCharWidth() * 20);
    m_stack->setCurrentWidget(m_table);
    connect(m_set.get(), &RecordSet::rowsAppended, this, &RecordsPage::updateCount);
    BrowseQuery query;
    query.search = m_conditions->query();
    readInto(std::move(query));
}

void RecordsPage::readInto(BrowseQuery query)
{
    m_rest.clear();
    query.type = m_type;
    query.properties = m_set->properties();
    Browse *call = m_session->browse(query, *m_set, m_set.get());
    m_progress->watch(
        call, m_type == ObjectType::Contacts ? tr("Reading contacts") : tr("Reading companies"));
    call->onDone(this, [this, call](const Result<BrowseSummary> &summary) {
        if (!summary)
            m_rest = call->remaining();
        onRead(summary);
    });
}

void RecordsPage::readOn()
{
    if (!m_set || m_rest.empty())
        return;
    m_message->dismiss();
    BrowseQuery query; // Of the complete list, whatever the conditions say by now.
    query.ranges = std::exchange(m_rest, {});
    readInto(std::move(query));
}

void RecordsPage::onRead(const Result<BrowseSummary> &summary)
{
    m_complete = summary.has_value();
    QList<MessageBar::Button> goOn;
    if (!m_rest.empty() && m_set->rowCount() > 0)
        goOn.append({u"readOn"_s, tr("Read &On")});
    if (!summary && summary.error().kind != ErrorKind::Cancelled)
        m_message->showError(summary.error(), Situation::ReadingRecords, goOn);
    if (!summary && summary.error().kind == ErrorKind::Cancelled) {
        m_message->showMessage(MessageBar::Information, tr("Reading was stopped."),
                               tr("The grid holds what was read until then."),
                               goOn + QList<MessageBar::Button> {{u"retry"_s, tr("&Read Again")}});
    }
    if (summary && !summary->complete) {
        m_message->showMessage(
            MessageBar::Warning, tr("HubSpot stops a sorted search at 10,000 hits."),
            tr("%L1 records match. Narrow the search to see the others.").arg(summary->total));
    }
    makeOrder();
    if (!m_wantedId.isEmpty())
        goToRecord(std::exchange(m_wantedId, {}));
}

void RecordsPage::makeOrder()
{
    if (!m_set || m_set->rowCount() == 0) {
        updateCount();
        return showEmptyState();
    }
    m_rowQuery.numericProperties.clear();
    for (const QString &property : m_set->properties()) {
        if (m_names.isNumeric(property))
            m_rowQuery.numericProperties.append(property);
    }
    m_set->order(m_rowQuery, m_set.get())->onDone(this, [this](const Result<RowOrder> &order) {
        if (order)
            setOrder(*order);
        else if (order.error().kind != ErrorKind::Cancelled)
            m_message->showError(order.error(), Situation::ReadingRecords);
    });
}

void RecordsPage::setOrder(RowOrder order)
{
    const QModelIndex current = m_table->currentIndex();
    const QString before = current.isValid() ? m_model->idAt(current.row()) : QString();
    m_model->setOrder(std::move(order));
    const int wanted = m_wantedId.isEmpty() ? -1 : m_model->viewRowOf(m_wantedId);
    const int row = before.isEmpty() ? -1 : m_model->viewRowOf(before);
    if (wanted >= 0)
        goToRecord(std::exchange(m_wantedId, {}));
    else if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, current.column()));
    else if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 1));
    updateCount();
    showEmptyState();
}

void RecordsPage::updateCount()
{
    const qint64 all = m_set ? m_set->rowCount() : 0;
    const int shown = m_model ? m_model->rowCount() : 0;
    if (!m_set)
        m_count->clear();
    else if (shown == all)
        m_count->setText(tr("%Ln record(s)", nullptr, int(all)));
    else
        m_count->setText(tr("%L1 of %Ln record(s)", nullptr, int(all)).arg(shown));
}

void RecordsPage::showEmptyState()
{
    const bool empty = !m_model || m_model->rowCount() == 0;
    const bool reading = m_set && !m_complete;
    if (!m_session)
        m_empty->setText(tr("No connection is open.\n\nOpen a provisioner, or try the practice "
                            "portal: File menu."));
    else if (m_set && m_set->rowCount() > 0)
        m_empty->setText(tr("No loaded row holds “%1”.\n\nClear the filter, or search in HubSpot.")
                             .arg(m_filter->text()));
    else if (m_conditions->query())
        m_empty->setText(tr("Nothing in HubSpot matches the search.\n\nJust written records are "
                            "found by search after some seconds."));
    else
        m_empty->setText(tr("This portal has no records of this kind."));
    m_stack->setCurrentWidget(empty && !reading ? static_cast<QWidget *>(m_empty) : m_table);
}

void RecordsPage::chooseColumns()
{
    if (!m_session || m_names.definitions().isEmpty())
        return;
    ColumnDialog dialog(m_names.definitions(), columns(), this);
    if (dialog.exec() != QDialog::Accepted || dialog.chosen() == columns())
        return;
    QSettings().setValue(columnsKey(), dialog.chosen());
    const QStringList have = m_set ? m_set->properties() : QStringList();
    const QStringList wanted = dialog.chosen();
    const bool allRead = std::all_of(wanted.begin(), wanted.end(),
                                     [&](const QString &name) { return have.contains(name); });
    if (allRead)
        m_model->setColumns(wanted);
    else
        read();
}

void RecordsPage::askForRecord()
{
    if (!m_session)
        return;
    emit goTo({id(), {}});
    const QString key =
        QInputDialog::getText(this, tr("Go to Record"),
                              m_type == ObjectType::Contacts ? tr("Record ID or e-mail address:")
                                                             : tr("Record ID:"))
            .trimmed();
    if (!key.isEmpty())
        goToRecord(key);
}

void RecordsPage::showItem(const QString &item)
{
    if (m_set)
        goToRecord(item);
    else
        m_wantedId = item;
}

void RecordsPage::goToRecord(const QString &key)
{
    if (!m_set)
        return;
    if (const int row = m_model->viewRowOf(key); row >= 0) {
        m_table->setCurrentIndex(m_model->index(row, 1));
        m_table->scrollTo(m_model->index(row, 1), QAbstractItemView::PositionAtCenter);
        return m_table->setFocus();
    }
    ReadOptions options;
    options.properties = readProperties();
    if (key.contains(u'@') && m_type == ObjectType::Contacts)
        options.idProperty = u"email"_s;
    m_session->portal()
        .read(m_type, key, options, m_set.get())
        ->onDone(this, [this](const Result<Record> &record) {
            if (!record)
                return m_message->showError(record.error(), Situation::ReadingRecords);
            m_filter->clear();
            m_set->replace(*record);
            m_wantedId = record->id;
            makeOrder();
        });
}

void RecordsPage::createRecord()
{
    if (!m_session)
        return;
    NewRecordDialog dialog(m_type, m_names, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_session->changes().addCreate(m_type, dialog.properties(),
                                   labelOf(m_type, dialog.properties(), tr("New record")));
    emit statusMessage(tr("The new record is staged. It is sent when you apply the changes."));
    emit goTo({u"changes"_s, {}});
}

void RecordsPage::archiveSelected()
{
    const QList<int> rows = m_table->selectedRowNumbers();
    if (!m_session || rows.isEmpty())
        return;
    const auto answer = QMessageBox::question(
        this, tr("Archive Records"),
        tr("Stage the archiving of %n record(s)?\n\nAfter you apply it, they can be restored for "
           "90 days, and in HubSpot's own interface only.",
           nullptr, int(rows.size())));
    if (answer != QMessageBox::Yes)
        return;
    m_session->changes().beginStep(tr("Archive"));
    for (const int row : rows)
        m_session->changes().addArchive(m_type, m_model->recordAt(row), m_model->labelAt(row));
    m_session->changes().endStep();
}

void RecordsPage::openInHubSpot()
{
    if (!m_session || !m_table->currentIndex().isValid())
        return;
    const QString id = m_model->idAt(m_table->currentIndex().row());
    m_session->account(m_work.get())
        ->onDone(this, [this, id](const Result<AccountDetails> &account) {
            if (!account)
                return m_message->showError(account.error(), Situation::ReadingAccount);
            QDesktopServices::openUrl(QUrl(u"https://%1/contacts/%2/record/%3/%4"_s.arg(
                account->uiDomain, QString::number(account->portalId), typeIdOf(m_type), id)));
        });
}

void RecordsPage::onCurrentChanged()
{
    const QModelIndex current = m_table->currentIndex();
    if (m_inspector && current.isValid() && m_model->recordSet())
        m_inspector->showRecord(m_model->idAt(current.row()), m_model->labelAt(current.row()));
}

void RecordsPage::onMessageButton(const QString &button)
{
    if (button == "retry"_L1)
        return reload();
    if (button == "readOn"_L1)
        return readOn();
    emit wants(button);
}

void RecordsPage::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void RecordsPage::reload()
{
    read();
}

} // namespace hubkeeper
