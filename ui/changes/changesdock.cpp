// SPDX-License-Identifier: MIT
#include "changes/changesdock.h"

#include "changes/applyactions.h"
#include "changes/changefileactions.h"
#include "changes/changesfilter.h"
#include "changes/changesmodel.h"
#include "records/grid/propertydelegate.h"
#include "records/values/portalnames.h"
#include "session/open/session.h"
#include "widgets/actionbutton.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "widgets/selectalone.h"
#include "widgets/sizes.h"
#include "widgets/taborder.h"

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostExpanded = 300; // Records; a longer list shows the cells on each line.

} // namespace

ChangesDock::ChangesDock(Masking &masking, QWidget *parent)
    : Page(PageId::Changes, parent)
    , m_masking(masking)
    , m_names(std::make_unique<PortalNames>(masking, nullptr))
    , m_stack(new QStackedWidget(this))
    , m_tree(new QTreeView(this))
    , m_show(new QComboBox(this))
    , m_summary(new QLabel(this))
    , m_message(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_applying(new ApplyActions(masking, *m_message, *m_progress, this))
    , m_files(new ChangeFileActions(masking, *m_message, *m_progress, this))
{
    m_tree->setObjectName(u"changesTree"_s);
    m_tree->setAccessibleName(tr("Staged changes"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto *empty = new QLabel(tr("Nothing is staged.\n\nEdit a cell of Contacts or Companies, or "
                                "open a saved change set. Nothing is sent before you apply it."),
                             this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_tree);

    auto *layout = new QVBoxLayout(this);
    setDockMargins(*layout);
    makeActions();
    layout->addLayout(makeButtons());
    layout->addLayout(makeSummary());
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_progress);
    connectParts();
    updateButtons();
}

void ChangesDock::connectParts()
{
    auto *delegate = new PropertyDelegate(
        [this](const QModelIndex &index) -> const PropertyNames & {
            return m_names->of(ObjectType(index.data(ChangesModel::TypeRole).toInt()));
        },
        m_tree);
    m_tree->setItemDelegate(delegate);
    connect(delegate, &PropertyDelegate::refused, this, &Page::statusMessage);
    connect(m_tree, &QTreeView::doubleClicked, this, [this](const QModelIndex &index) {
        if (!index.flags().testFlag(Qt::ItemIsEditable))
            goToRecord();
    });
    connect(m_progress, &CallBar::busyChanged, this, &ChangesDock::updateButtons);
    connect(m_message, &MessageBar::buttonPressed, this, &Page::wants);
    connect(m_applying, &ApplyActions::started, this, &ChangesDock::updateButtons);
    connect(m_applying, &ApplyActions::ended, this, &ChangesDock::updateButtons);
    connect(m_applying, &ApplyActions::ended, this, &ChangesDock::showFirstProblem);
    connect(m_applying, &ApplyActions::ended, this, &ChangesDock::runEnded);
    connect(m_applying, &ApplyActions::statusMessage, this, &Page::statusMessage);
    connect(m_files, &ChangeFileActions::statusMessage, this, &Page::statusMessage);
    const auto showNames = [this] {
        if (m_model)
            m_model->namesChanged();
    };
    connect(&m_masking, &Masking::changed, this, showNames);
    connect(m_names.get(), &PortalNames::changed, this, showNames);
    connect(m_show, &QComboBox::currentIndexChanged, this, &ChangesDock::showStates);
}

ChangesDock::~ChangesDock() = default;

QAction *ChangesDock::makeAction(const QString &text, const QString &iconName,
                                 void (ChangesDock::*run)())
{
    auto *action = new QAction(hubkeeper::icon(iconName), text, this);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    return action;
}

void ChangesDock::makeActions()
{
    m_revert =
        makeAction(tr("&Revert Selected"), u"document-revert"_s, &ChangesDock::revertSelected);
    m_revertAll = makeAction(tr("Revert A&ll"), u"edit-clear"_s, &ChangesDock::revertAll);
    m_keepMine = makeAction(tr("&Keep Mine"), u"merge"_s, &ChangesDock::keepMine);
    m_takeTheirs = makeAction(tr("&Take Theirs"), u"edit-undo"_s, &ChangesDock::takeTheirs);
    m_clear = makeAction(tr("&Clear Applied"), u"dialog-ok"_s, &ChangesDock::clearApplied);
    m_goTo = makeAction(tr("&Go to Record"), u"go-next"_s, &ChangesDock::goToRecord);
    m_tree->addActions({m_goTo, m_revert, m_keepMine, m_takeTheirs});
    addActions({m_applying->applyAction(), m_files->saveAction(), m_files->openAction()});
}

QLayout *ChangesDock::makeButtons()
{
    auto *row = new QHBoxLayout;
    QList<QWidget *> inOrder;
    const auto add = [&](QWidget *widget) {
        row->addWidget(widget);
        inOrder.append(widget);
    };
    const auto addButton = [&](QAction *action) {
        add(buttonFor(action, Qt::ToolButtonTextBesideIcon, this));
    };
    addButton(m_applying->applyAction());
    addButton(m_applying->applyFirstAction());
    add(m_applying->firstRows());
    for (QAction *action : {m_revert, m_revertAll, m_keepMine, m_takeTheirs, m_clear})
        addButton(action);
    row->addStretch(1);
    tabInOrder(inOrder + QList<QWidget *> {m_show, m_applying->note()});
    return row;
}

QLayout *ChangesDock::makeSummary()
{
    m_show->setAccessibleName(tr("Which changes are shown"));
    m_show->setObjectName(u"changesShown"_s);
    m_show->addItems({tr("All changes"), tr("Problems"), tr("Waiting"), tr("Applied")});
    auto *row = new QHBoxLayout;
    row->addWidget(m_show);
    row->addWidget(m_summary);
    row->addWidget(m_applying->note(), 1);
    return row;
}

/// All of them in the model's own rows; a filter costs something with each of them.
void ChangesDock::showStates()
{
    if (!m_model)
        return;
    const QList<RowState> problems {RowState::Failed, RowState::Conflicting, RowState::Unknown};
    const QList<RowState> waiting {RowState::Staged, RowState::Skipped, RowState::Sending};
    const QList<QList<RowState>> choices {{}, problems, waiting + problems, {RowState::Applied}};
    const QList<RowState> states = choices.value(m_show->currentIndex());
    std::unique_ptr<ChangesFilter> filter;
    if (!states.isEmpty()) {
        filter = std::make_unique<ChangesFilter>(m_session->changes(), states, nullptr);
        filter->setSourceModel(m_model.get());
    }
    const std::unique_ptr<QItemSelectionModel> before(m_tree->selectionModel());
    m_tree->setModel(filter ? static_cast<QAbstractItemModel *>(filter.get()) : m_model.get());
    m_filter = std::move(filter);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, m_work.get(),
            [this] { updateButtons(); });
    expand(0, m_model->rowCount({}) - 1);
    updateButtons();
}

void ChangesDock::addToMenus(const Menus &menus)
{
    menus.changes->addActions({m_applying->applyAction(), m_applying->applyFirstAction()});
    menus.changes->addSeparator();
    menus.changes->addActions({m_goTo, m_revert, m_revertAll, m_keepMine, m_takeTheirs, m_clear});
    menus.changes->addSeparator();
    menus.changes->addActions({m_files->saveAction(), m_files->openAction()});
}

QString ChangesDock::title() const
{
    const int count = m_session ? m_session->changes().waiting() : 0;
    return count == 0 ? tr("Changes") : tr("Changes (%L1)").arg(count);
}

bool ChangesDock::isEmpty() const
{
    return !m_session || m_session->changes().count() == 0;
}

QIcon ChangesDock::icon() const
{
    return hubkeeper::icon(u"changes"_s);
}

/// What a file keeps is there again after the next start.
QString ChangesDock::unsaved() const
{
    if (!m_session || m_session->changes().isKept() || m_session->changes().waiting() == 0)
        return {};
    return tr("%Ln record(s) have changes that were not applied and are not kept.", nullptr,
              m_session->changes().waiting());
}

/// Of what nothing keeps, when the window closes: few rows, in memory.
bool ChangesDock::save()
{
    return unsaved().isEmpty() || m_files->saveNow();
}

void ChangesDock::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_tree->setModel(nullptr);
    m_filter.reset();
    m_model.reset();
    m_session = std::move(session);
    m_names->setSession(m_session);
    m_applying->setSession(m_session);
    m_files->setSession(m_session);
    m_message->dismiss();
    if (m_session) {
        m_model = std::make_unique<ChangesModel>(m_session->changes(), *m_names, nullptr);
        showStates();
        const int width = fontMetrics().averageCharWidth();
        m_tree->header()->resizeSection(ChangesModel::WhatColumn, width * 36);
        m_tree->header()->resizeSection(ChangesModel::BeforeColumn, width * 28);
        m_tree->header()->resizeSection(ChangesModel::AfterColumn, width * 28);
        followSession();
    }
    update();
}

void ChangesDock::followSession()
{
    const ChangeSet &changes = m_session->changes();
    connect(&changes, &ChangeSet::changed, m_work.get(), [this] { update(); });
    connect(&changes, &ChangeSet::busyChanged, m_work.get(), [this] { updateButtons(); });
    connect(m_model.get(), &QAbstractItemModel::rowsInserted, m_work.get(),
            [this](const QModelIndex &parent, int first, int last) {
                if (!parent.isValid())
                    expand(first, last);
            });
    connect(m_model.get(), &QAbstractItemModel::modelReset, m_work.get(),
            [this] { expand(0, m_model->rowCount({}) - 1); });
    connect(&changes, &ChangeSet::failed, m_work.get(), [this](const Error &error) {
        m_message->showError(error, Situation::KeepingChanges);
        m_message->setCause(&m_session->changes());
    });
    connect(m_session.get(), &Session::policyChanged, m_work.get(), [this] { updateButtons(); });
}

/// A review shows old and new at a glance: records are open while they are few.
void ChangesDock::expand(int first, int last)
{
    const bool few = m_model->rowCount({}) <= mostExpanded;
    m_model->setListsCells(!few);
    for (int row = first; few && row <= last; ++row) {
        const QModelIndex index = m_model->index(row, 0, {});
        m_tree->expand(m_filter ? m_filter->mapFromSource(index) : index);
    }
}

/// Nobody looks for a refused record below hundreds of applied ones.
void ChangesDock::showFirstProblem()
{
    const RowIndex &rows = m_session->changes().index();
    int place = -1;
    rows.forEach([&](const RowIndex::Slot &slot) {
        const bool isProblem = slot.state == RowState::Failed || slot.state == RowState::Conflicting
            || slot.state == RowState::Unknown;
        if (isProblem)
            place = rows.placeOf(slot.sequence);
        return place < 0;
    });
    QModelIndex problem = place < 0 ? QModelIndex() : m_model->index(place, 0, {});
    if (m_filter && problem.isValid())
        problem = m_filter->mapFromSource(problem);
    if (!problem.isValid())
        return;
    selectAlone(*m_tree, problem);
    m_tree->scrollTo(problem, QAbstractItemView::PositionAtTop);
}

void ChangesDock::showItem(const PlaceItem &)
{
    if (m_stack->currentIndex() == 1)
        m_tree->setFocus();
    if (m_tree->model() && !m_tree->currentIndex().isValid())
        selectAlone(*m_tree, m_tree->model()->index(0, 0));
}

void ChangesDock::goToRecord()
{
    const QModelIndex index = m_tree->currentIndex();
    const QString id = index.data(ChangesModel::RecordRole).toString();
    if (index.isValid() && !id.isEmpty())
        emit goTo({pageOf(ObjectType(index.data(ChangesModel::TypeRole).toInt())), ItemId {id}});
}

void ChangesDock::update()
{
    const bool any = m_session && !m_session->changes().isEmpty();
    m_stack->setCurrentIndex(any ? 1 : 0);
    m_show->setVisible(any);
    m_applying->note()->setVisible(any);
    if (any)
        m_names->read();
    if (m_session && m_session->changes().isKept()) // Again.
        m_message->dismissFor(&m_session->changes());
    m_applying->changesChanged();
    m_summary->setText(summary());
    updateButtons();
    emit titleChanged();
}

QString ChangesDock::summary() const
{
    if (!m_session || m_session->changes().isEmpty())
        return {};
    const ChangeSet &changes = m_session->changes();
    const int sending = changes.count(RowState::Sending);
    const int waiting = changes.waiting();
    if (sending > 0)
        return tr("%Ln record(s) being sent", nullptr, sending);
    if (waiting == 0)
        return tr("All changes are applied.");
    // Re-read, write and proof: three calls for every hundred records of a kind.
    const int batches = (waiting + mostBatchInputs - 1) / mostBatchInputs;
    //: The two parts are "3 records" and "about 3 calls".
    return tr("%1, %2").arg(tr("%Ln record(s) waiting", nullptr, waiting),
                            tr("about %Ln call(s) to HubSpot", nullptr, batches * 3));
}

std::optional<RowKey> ChangesDock::current() const
{
    const QModelIndex index = m_tree->currentIndex();
    if (!index.isValid())
        return std::nullopt;
    return rowKeyOf(index);
}

void ChangesDock::updateButtons()
{
    const bool busy = m_progress->isBusy() || (m_session && m_session->changes().isBusy());
    const bool any = m_session && !m_session->changes().isEmpty();
    const bool waiting = m_session && m_session->changes().waiting() > 0;
    const bool applied = m_session && m_session->changes().count(RowState::Applied) > 0;
    const bool chosen = any && m_tree->currentIndex().isValid();
    const bool conflict = chosen
        && m_tree->currentIndex().data(ChangesModel::StateRole).toInt()
            == int(RowState::Conflicting);

    m_applying->updateActions(busy);
    m_files->updateActions(busy);
    m_goTo->setEnabled(
        chosen && !m_tree->currentIndex().data(ChangesModel::RecordRole).toString().isEmpty());
    m_revert->setEnabled(chosen && !busy);
    m_revertAll->setEnabled(waiting && !busy);
    m_keepMine->setEnabled(conflict && !busy);
    m_takeTheirs->setEnabled(conflict && !busy);
    m_clear->setEnabled(applied && !busy);
}

void ChangesDock::revertSelected()
{
    const QModelIndexList indexes = m_tree->selectionModel()->selectedRows();
    QList<std::pair<RowKey, QString>> chosen;
    for (const QModelIndex &index : indexes)
        chosen.append({rowKeyOf(index), index.data(ChangesModel::PropertyRole).toString()});
    m_session->changes().beginStep(tr("Revert"));
    for (const auto &[key, property] : chosen) {
        // The cells of an association are one value.
        if (property.isEmpty() || key.subject != RowSubject::Record)
            m_session->changes().revertRow(key);
        else
            m_session->changes().revertCell(key.type, key.id, property);
    }
    m_session->changes().endStep();
}

void ChangesDock::revertAll()
{
    m_session->changes().revertAll();
    emit statusMessage(tr("All staged changes were taken back. Undo brings them again."));
}

void ChangesDock::keepMine()
{
    if (const auto row = current())
        m_session->changes().rebase(*row);
}

void ChangesDock::takeTheirs()
{
    if (const auto row = current())
        m_session->changes().revertRow(*row);
}

void ChangesDock::clearApplied()
{
    m_session->changes().removeApplied();
}

} // namespace hubkeeper
