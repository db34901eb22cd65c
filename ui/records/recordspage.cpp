// SPDX-License-Identifier: MIT
#include "records/recordspage.h"

#include "records/conditions/conditionbar.h"
#include "records/export/recordsexport.h"
#include "records/grid/gridbar.h"
#include "records/grid/gridheaders.h"
#include "records/grid/propertydelegate.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/inspector/inspector.h"
#include "records/recordjump.h"
#include "records/recordsactions.h"
#include "records/views/viewtabs.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/selectalone.h"

#include <QApplication>
#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecordsPage::RecordsPage(ObjectType type, Masking &masking, const Paths &paths, QWidget *parent)
    : Page(pageOf(type), parent)
    , m_type(type)
    , m_masking(masking)
    , m_names(masking)
    , m_views(type, paths, nullptr)
    , m_query(type, m_names, nullptr)
    , m_tabs(new ViewTabs(type, m_views, this))
    , m_conditions(new ConditionBar(type, m_names, this))
    , m_bar(new GridBar(nameOf(type), this))
    , m_message(new MessageBar(this))
    , m_notice(*m_message)
    , m_stack(new QStackedWidget(this))
    , m_empty(new QWidget(this))
    , m_table(new RecordTable(this))
    , m_progress(new CallBar(this))
    , m_jump(new RecordJump(type, m_query, *m_table, this))
    , m_actions(new RecordsActions(type, m_names, *m_table, *m_message, this))
    , m_export(new RecordsExport(type, m_names, *m_table, *m_message, this))
{
    m_table->setObjectName(nameOf(type) + u"Table"_s);
    m_table->setItemDelegate(new PropertyDelegate(m_names, m_table));
    makeEmptyState();
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_tabs);
    layout->addWidget(m_conditions);
    layout->addWidget(m_bar);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_progress);
    connectParts();
    m_tabs->setEnabled(false);
    m_conditions->setEnabled(false);
    m_bar->setEnabled(false);
    showEmptyState();
}

RecordsPage::~RecordsPage()
{
    m_query.disconnect(this); // It goes after the model that shows its set.
}

void RecordsPage::connectParts()
{
    connectActions();
    connectViews();
    const auto showFailure = [this](const Error &error) { m_notice.showFailure(error); };
    connect(m_conditions, &ConditionBar::edited, this,
            [this] { m_message->dismissFor(m_conditions); });
    connect(m_conditions, &ConditionBar::searchRequested, this, &RecordsPage::read);
    connect(m_message, &MessageBar::buttonPressed, this, &RecordsPage::onMessageButton);
    connect(m_bar, &GridBar::filterChanged, &m_query, &RecordsQuery::setFilter);
    connect(m_bar, &GridBar::columnsWanted, this, &RecordsPage::chooseColumns);
    connect(m_bar, &GridBar::rawToggled, this, [this](bool raw) {
        if (m_model) {
            m_model->setRaw(raw);
            m_query.setShown(m_model->columns(), raw);
        }
    });
    connect(&m_masking, &Masking::changed, this, &RecordsPage::namesChanged);

    connect(m_table, &RecordTable::statusMessage, this, &Page::statusMessage);
    connect(m_table, &RecordTable::failed, this, showFailure);
    connect(m_table, &RecordTable::pasteStarted, this, [this] { m_message->dismissFor(m_table); });
    connect(m_table, &RecordTable::cellsRefused, this,
            [this](int count, const QStringList &reasons) {
                m_notice.showRefusedCells(count, reasons);
                m_message->setCause(m_table);
            });
    connect(m_table, &RecordTable::columnsArranged, this, &RecordsPage::showColumns);
    connect(m_table, &RecordTable::longWork, m_progress, &CallBar::watch);
    connect(static_cast<PropertyDelegate *>(m_table->itemDelegate()), &PropertyDelegate::refused,
            this, &Page::statusMessage);
    connect(m_jump, &RecordJump::filterInTheWay, m_bar->filter(), &QLineEdit::clear);
    connect(m_jump, &RecordJump::started, this, [this] { m_message->dismissFor(m_jump); });
    connect(m_jump, &RecordJump::failed, this, [this](const Error &error) {
        m_message->showError(error, Situation::ReadingRecords, Offer::Nothing);
        m_message->setCause(m_jump);
    });
    connect(m_progress, &CallBar::textChanged, this, [this] { emit working(m_progress->text()); });

    connect(&m_query, &RecordsQuery::setChanged, this, &RecordsPage::showSet);
    connect(&m_query, &RecordsQuery::grown, this, &RecordsPage::updateCount);
    connect(&m_query, &RecordsQuery::readingStarted, this, [this](CallBase *call) {
        m_progress->watch(call,
                          m_type == ObjectType::Contacts ? tr("Reading contacts")
                                                         : tr("Reading companies"));
    });
    connect(&m_query, &RecordsQuery::sortingStarted, this, [this](CallBase *call) {
        if (!m_progress->isBusy())
            m_progress->watch(call, tr("Sorting"));
    });
    connect(&m_query, &RecordsQuery::readingEnded, this, &RecordsPage::onRead);
    connect(&m_query, &RecordsQuery::arranged, this, &RecordsPage::showOrder);
    connect(&m_query, &RecordsQuery::failed, this, showFailure);
}

void RecordsPage::connectActions()
{
    connect(m_actions, &RecordsActions::statusMessage, this, &Page::statusMessage);
    connect(m_actions, &RecordsActions::goTo, this, &Page::goTo);
    connect(m_actions, &RecordsActions::recordWanted, m_jump, &RecordJump::goTo);
    m_actions->addAction(m_export->action());
    connect(m_export, &RecordsExport::statusMessage, this, &Page::statusMessage);
    connect(m_export, &RecordsExport::started, m_progress, &CallBar::watch);
}

bool RecordsPage::askForItem()
{
    m_actions->askForRecord();
    return true;
}

void RecordsPage::addToMenus(const Menus &menus)
{
    m_actions->addTo(*menus.edit->addMenu(title()));
    m_actions->addGoTo(*menus.go);
    m_tabs->addTo(*menus.view->addMenu(m_type == ObjectType::Contacts ? tr("Views of Contacts")
                                                                      : tr("Views of Companies")));
    menus.file->addActions(m_actions->fileActions());
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
        m_inspector->setServer(m_server);
        connect(m_inspector, &Inspector::goTo, this, &Page::goTo);
        connect(m_inspector, &Inspector::statusMessage, this, &Page::statusMessage);
    }
    return m_inspector;
}

void RecordsPage::setServer(CurrentServer *server)
{
    m_server = server;
    if (m_inspector)
        m_inspector->setServer(server);
}

void RecordsPage::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_query.setSession(session);
    m_table->setModel(nullptr);
    m_table->setChanges(nullptr);
    m_model.reset();
    m_session = std::move(session);
    m_names.clear();
    m_begun = false;
    m_message->dismiss();
    m_views.setConnection(m_session ? m_session->connection().id : QString());
    m_tabs->setEnabled(m_session != nullptr);
    m_conditions->setEnabled(m_session != nullptr);
    m_bar->setEnabled(m_session != nullptr);
    if (m_inspector)
        m_inspector->setSession(m_session);
    m_actions->setSession(m_session);
    m_export->setSession(m_session);
    m_jump->setSession(m_session);
    showView();
    updateCount();
    showEmptyState();
    if (!m_session)
        return;
    m_model = std::make_unique<RecordTableModel>(m_session->changes(), m_names, nullptr);
    m_model->setRaw(m_bar->wantsRaw());
    m_table->setModel(m_model.get());
    m_table->setChanges(&m_session->changes());
    followSession();
    if (isVisible())
        begin();
}

void RecordsPage::followSession()
{
    connect(m_model.get(), &RecordTableModel::refused, this, &Page::statusMessage);
    // A row that was not loaded when it became the current one.
    connect(m_model.get(), &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                const int row = m_table->currentIndex().row();
                if (first.row() <= row && row <= last.row())
                    showInInspector();
            });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, m_work.get(),
            [this] { showInInspector(); });
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
    readNames(false);
}

/// `fresh`: HubSpot may know other properties and owners by now.
void RecordsPage::readNames(bool fresh)
{
    auto *call = m_session->definitions(m_type, fresh, m_work.get());
    m_progress->watch(call, tr("Reading properties"));
    call->onDone(this, [this](const Result<QList<PropertyDefinition>> &definitions) {
        onNames(definitions);
    });
    // Without the owners' scope the ids are shown; that is not a failure of this page.
    m_session->owners(fresh, m_work.get())
        ->onDone(this, [this](const Result<QList<Owner>> &owners) {
            if (owners && m_model) {
                m_names.setOwners(*owners);
                m_conditions->namesChanged();
                namesChanged();
            }
        });
}

void RecordsPage::onNames(const Result<QList<PropertyDefinition>> &definitions)
{
    if (!definitions) {
        m_begun = m_query.set() != nullptr;
        return m_notice.showNamesFailure(definitions.error());
    }
    m_names.setDefinitions(*definitions);
    m_masking.learn(m_type, *definitions);
    m_conditions->namesChanged();
    if (!m_query.set())
        return read();
    if (const auto query = plannedQuery())
        m_query.readAgain(*query);
}

void RecordsPage::namesChanged()
{
    if (m_table->viewport()->isAncestorOf(QApplication::focusWidget()))
        m_table->setFocus(); // Ends an edit: an editor shows the value itself.
    if (m_model)
        m_model->namesChanged();
    m_query.namesChanged();
    if (m_inspector)
        m_inspector->namesChanged();
}

void RecordsPage::read()
{
    if (!m_session)
        return;
    if (m_names.definitions().isEmpty())
        return begin();
    if (const QString fault = m_conditions->fault(); !fault.isEmpty()) {
        m_notice.showBadSearch(fault);
        return m_message->setCause(m_conditions);
    }
    m_message->dismiss();
    if (const auto query = plannedQuery())
        m_query.read(*query);
}

void RecordsPage::showSet()
{
    if (!m_model)
        return;
    m_jump->remember();
    m_model->setRecordSet(nullptr);
    m_model->setColumns(shownColumns());
    m_query.setShown(m_model->columns(), m_bar->wantsRaw());
    m_model->setRecordSet(m_query.set());
    applyWidths();
    applySorts();
    m_stack->setCurrentWidget(m_table);
    updateCount();
}

void RecordsPage::onRead()
{
    if (m_query.keepsOld())
        m_jump->forget();
    m_notice.showOutcome(m_query);
    m_jump->goToWanted();
}

void RecordsPage::showOrder(const RowOrder &order)
{
    if (!m_model || !m_query.set() || m_query.set()->rowCount() == 0) {
        updateCount();
        return showEmptyState();
    }
    const QModelIndex current = m_table->currentIndex();
    const qint64 before = current.isValid() ? m_model->storeRowAt(current.row()) : -1;
    m_model->setOrder(order);
    const bool toTop = std::exchange(m_toTop, false);
    const int row = toTop ? -1 : m_model->viewRowOf(before);
    if (m_jump->showWanted()) {
        m_jump->forget();
    } else if (row >= 0) {
        selectAlone(*m_table, m_model->index(row, current.column()));
        m_jump->forget(); // Somebody was here since.
    } else if (m_model->rowCount() > 0) {
        selectAlone(*m_table, m_model->index(0, std::max(1, current.column())));
        m_table->verticalScrollBar()->setValue(0);
    }
    if (!m_query.isReading())
        m_jump->returnToPlace();
    updateCount();
    showEmptyState();
}

void RecordsPage::updateCount()
{
    m_export->setExtent(m_query.isComplete() && !m_query.isSearch() && m_query.filter().isEmpty(),
                        m_query.isSearch() ? -1 : m_query.total());
    const bool isEmpty = m_query.set() && m_query.set()->rowCount() == 0;
    if (!m_query.set() || !m_model || (isEmpty && !m_query.isComplete()))
        return m_bar->clearCount(); // Nothing is known yet.
    const bool isWhole = m_query.isReading() || m_query.isComplete();
    m_bar->showCount(m_model->rowCount(), m_query.set()->rowCount(), isWhole, m_query.total());
}

void RecordsPage::showEmptyState()
{
    const bool isEmpty = !m_model || m_model->rowCount() == 0;
    m_emptyText->setText(m_session
                             ? ReadingNotice::emptyText(m_query, m_type, !m_conditions->isEmpty())
                             : ReadingNotice::noSessionText());
    const bool isFiltered = m_query.set() && m_query.set()->rowCount() > 0;
    m_clear->setVisible(m_session && !m_conditions->isEmpty() && !isFiltered);
    const bool hasNone = isEmpty && !m_query.isReading();
    m_stack->setCurrentWidget(hasNone ? m_empty : m_table);
    if (hasNone && m_inspector)
        m_inspector->showRecord({}, {}); // What it showed is not in the result.
}

void RecordsPage::showItem(const PlaceItem &item)
{
    if (const QString id = idIn(item); !id.isEmpty())
        m_jump->goTo(id);
}

void RecordsPage::showInInspector()
{
    const QModelIndex current = m_table->currentIndex();
    if (!m_inspector || !m_model)
        return;
    const QStringList columns = m_model->columns();
    m_inspector->setHistoryOf(columns, columns.value(current.column() - 1));
    if (current.isValid() && m_model->isLoaded(current.row()))
        m_inspector->showRecord(m_model->idAt(current.row()), m_model->labelAt(current.row()));
}

void RecordsPage::onMessageButton(Choice button)
{
    if (button == Choice::Retry)
        return reload();
    if (button == Choice::ReadOn) {
        m_message->dismiss();
        return m_query.readOn();
    }
    if (button == Choice::Restore) {
        m_message->dismiss();
        return m_views.undoRemove();
    }
    emit wants(button);
}

void RecordsPage::focusFilter()
{
    m_bar->filter()->setFocus();
    m_bar->filter()->selectAll();
}

void RecordsPage::reload()
{
    if (!m_session || !m_query.set() || m_names.definitions().isEmpty())
        return read();
    if (!m_conditions->fault().isEmpty())
        return read(); // It says so.
    m_message->dismiss();
    readNames(true);
}

} // namespace hubkeeper
