// SPDX-License-Identifier: MIT
#include "changes/changesdock.h"

#include "changes/applyactions.h"
#include "changes/changefileactions.h"
#include "changes/changesmodel.h"
#include "changes/reviewbar.h"
#include "changes/reviewpanes.h"
#include "changes/rowactions.h"
#include "changes/runtext.h"
#include "records/grid/propertydelegate.h"
#include "records/values/portalnames.h"
#include "session/open/session.h"
#include "widgets/actionbutton.h"
#include "widgets/callbar.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "widgets/selectalone.h"
#include "widgets/sizes.h"
#include "widgets/taborder.h"

#include <QAction>
#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostExpanded = 300; // Records; a longer list shows the cells on each line.
constexpr int mostAtAGlance = 20; // Records; more of them are shown in groups, too.

} // namespace

ChangesDock::ChangesDock(Masking &masking, QWidget *parent)
    : Page(PageId::Changes, parent)
    , m_masking(masking)
    , m_names(std::make_unique<PortalNames>(masking, nullptr))
    , m_stack(new QStackedWidget(this))
    , m_tree(new QTreeView(this))
    , m_panes(new ReviewPanes(*m_names, m_tree, this))
    , m_bar(new ReviewBar(this))
    , m_summary(new ElidedLabel(this, Qt::ElideRight))
    , m_message(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_applying(new ApplyActions(masking, *m_message, *m_progress, this))
    , m_files(new ChangeFileActions(masking, *m_message, *m_progress, this))
    , m_rowActions(new RowActions(*m_tree, this))
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
    m_stack->addWidget(m_panes);

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
            m_rowActions->goToRecord();
    });
    connect(m_progress, &CallBar::busyChanged, this, &ChangesDock::updateButtons);
    connect(m_applying, &ApplyActions::wants, this, &Page::wants);
    connect(m_applying, &ApplyActions::started, this, &ChangesDock::update);
    connect(m_applying, &ApplyActions::ended, this, &ChangesDock::update);
    connect(m_applying, &ApplyActions::ended, this, &ChangesDock::showFirstProblem);
    connect(m_applying, &ApplyActions::ended, this, &ChangesDock::runEnded);
    connect(m_applying, &ApplyActions::statusMessage, this, &Page::statusMessage);
    connect(m_files, &ChangeFileActions::statusMessage, this, &Page::statusMessage);
    const auto showNames = [this] {
        m_panes->namesChanged();
        if (m_model)
            m_model->namesChanged();
    };
    connect(&m_masking, &Masking::changed, this, showNames);
    connect(m_names.get(), &PortalNames::changed, this, showNames);
    connect(m_applying, &ApplyActions::selectedWanted, this,
            [this] { m_applying->applyRows(m_rowActions->rows()); });
    connect(m_rowActions, &RowActions::goTo, this, &Page::goTo);
    connect(m_applying, &ApplyActions::runWanted, this, [this](const QString &runId) {
        emit goTo({PageId::Journal, ItemId {runId}});
    });
    connect(m_bar, &ReviewBar::filterChanged, this,
            [this] { m_panes->setFilter(m_bar->filter()); });
    connect(m_panes, &ReviewPanes::rowsFound, this,
            [this](const std::optional<std::vector<qint64>> &rows) {
                if (m_model)
                    m_model->setShown(rows);
                updateButtons();
            });
    connect(m_panes, &ReviewPanes::failed, this,
            [this](const Error &error) { m_message->showError(error, Situation::KeepingChanges); });
}

ChangesDock::~ChangesDock() = default;

QTreeView *ChangesDock::groups() const
{
    return m_panes->groups();
}

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
    m_revertAll = makeAction(tr("Revert A&ll"), u"edit-clear"_s, &ChangesDock::revertAll);
    m_clear = makeAction(tr("&Clear Applied"), u"dialog-ok"_s, &ChangesDock::clearApplied);
    m_showGroups = makeAction(tr("Show &by Group"), u"view-columns"_s, &ChangesDock::switchGroups);
    m_showGroups->setCheckable(true);
    m_tree->addActions({m_rowActions->goToAction(), m_rowActions->leaveOutAction(),
                        m_rowActions->takeInAction(), m_applying->applySelectedAction(),
                        m_rowActions->revertAction(), m_rowActions->keepMineAction(),
                        m_rowActions->takeTheirsAction()});
    addActions({m_applying->applyAction(), m_files->saveAction(), m_files->openAction(),
                m_files->signAction()});
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
    addButton(m_applying->pauseAction());
    for (QAction *action : {m_rowActions->revertAction(), m_rowActions->keepMineAction(),
                            m_rowActions->takeTheirsAction()})
        addButton(action);
    auto *more = new QToolButton(this);
    more->setText(tr("More"));
    more->setPopupMode(QToolButton::InstantPopup);
    more->setFocusPolicy(Qt::StrongFocus);
    more->setMenu(new QMenu(more));
    more->menu()->addActions({m_applying->applySampleAction(), m_applying->applySelectedAction(),
                              m_applying->retryFailedAction()});
    more->menu()->addSeparator();
    more->menu()->addActions({m_rowActions->leaveOutAction(), m_rowActions->takeInAction(),
                              m_revertAll, m_clear, m_showGroups});
    add(more);
    row->addWidget(m_summary, 1);
    tabInOrder(inOrder
               + QList<QWidget *> {m_bar->text(), m_bar->states(), m_bar->verbs(),
                                   m_applying->note(), m_panes->groups(), m_tree});
    return row;
}

QLayout *ChangesDock::makeSummary()
{
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *row = new QHBoxLayout;
    row->addWidget(m_bar, 1);
    row->addWidget(m_applying->note(), 1);
    return row;
}

void ChangesDock::addToMenus(const Menus &menus)
{
    menus.changes->addActions({m_applying->applyAction(), m_applying->applyFirstAction(),
                               m_applying->applySampleAction(), m_applying->applySelectedAction(),
                               m_applying->retryFailedAction(), m_applying->pauseAction()});
    menus.changes->addSeparator();
    menus.changes->addActions({m_rowActions->goToAction(), m_rowActions->leaveOutAction(),
                               m_rowActions->takeInAction(), m_rowActions->revertAction(),
                               m_revertAll, m_rowActions->keepMineAction(),
                               m_rowActions->takeTheirsAction(), m_clear, m_showGroups});
    menus.changes->addSeparator();
    menus.changes->addActions(
        {m_files->saveAction(), m_files->openAction(), m_files->signAction()});
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
    if (!m_session || m_session->changes().isKept())
        return {};
    const int count = m_session->changes().waiting() + m_session->changes().excluded();
    return count == 0
        ? QString()
        : tr("%Ln record(s) have changes that were not applied and are not kept.", nullptr, count);
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
    m_model.reset();
    m_session = std::move(session);
    m_names->setSession(m_session);
    m_applying->setSession(m_session);
    m_files->setSession(m_session);
    m_message->dismiss();
    m_panes->setSession(m_session);
    m_rowActions->setChanges(nullptr, nullptr);
    if (m_session) {
        m_model = std::make_unique<ChangesModel>(m_session->changes(), *m_names, nullptr);
        m_tree->setModel(m_model.get());
        m_rowActions->setChanges(&m_session->changes(), m_model.get());
        connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, m_work.get(),
                [this] { updateButtons(); });
        expand(0, m_model->rowCount({}) - 1);
        m_panes->fitColumns();
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
        m_tree->expand(m_model->index(row, 0, {}));
    }
}

/// Nobody looks for a refused record below hundreds of applied ones.
void ChangesDock::showFirstProblem()
{
    const RowIndex &rows = m_session->changes().index();
    int row = -1;
    rows.forEach([&](const RowIndex::Slot &slot) {
        const bool isProblem = slot.state == RowState::Failed || slot.state == RowState::Conflicting
            || slot.state == RowState::Unknown;
        if (isProblem)
            row = m_model->rowOf(slot.sequence);
        return row < 0;
    });
    const QModelIndex problem = m_model->index(row, 0, {});
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

void ChangesDock::update()
{
    const bool any = m_session && !m_session->changes().isEmpty();
    m_stack->setCurrentIndex(any ? 1 : 0);
    m_bar->setVisible(any);
    m_applying->note()->setVisible(any);
    const int count = m_session ? m_session->changes().count() : 0;
    const bool byGroup = m_wantsGroups.value_or(count > mostAtAGlance);
    m_panes->showGroups(byGroup);
    m_showGroups->setChecked(byGroup);
    m_panes->setActive(any && isVisible());
    if (any)
        m_names->read();
    if (m_session && m_session->changes().isKept()) // Again.
        m_message->dismissFor(&m_session->changes());
    m_applying->changesChanged();
    m_applying->lookForUnfinishedRun();
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
    const int excluded = changes.excluded();
    if (sending > 0 && m_applying->isPaused())
        return tr("Paused: %Ln record(s) not sent yet", nullptr, sending);
    if (sending > 0)
        return tr("%Ln record(s) being sent", nullptr, sending);
    if (waiting + excluded == 0)
        return tr("All changes are applied.");
    QStringList parts;
    if (waiting > 0)
        parts.append(tr("%Ln record(s) waiting", nullptr, waiting));
    if (excluded > 0)
        parts.append(tr("%Ln left out", nullptr, excluded));
    if (waiting > 0)
        parts.append(shortBudgetText(callBudget(*m_session, {})));
    return parts.join(u", "_s);
}

void ChangesDock::updateButtons()
{
    const bool busy = m_progress->isBusy() || (m_session && m_session->changes().isBusy());
    const bool any = m_session && !m_session->changes().isEmpty();
    const bool applied = m_session && m_session->changes().count(RowState::Applied) > 0;
    m_applying->updateActions(busy);
    m_files->updateActions(busy);
    m_rowActions->updateActions(busy);
    m_revertAll->setEnabled(any && !busy
                            && m_session->changes().count(RowState::Applied)
                                < m_session->changes().count());
    m_clear->setEnabled(applied && !busy);
}

void ChangesDock::switchGroups()
{
    m_wantsGroups = m_showGroups->isChecked();
    update();
}

void ChangesDock::focusFilter()
{
    m_bar->text()->setFocus();
    m_bar->text()->selectAll();
}

void ChangesDock::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    update();
}

void ChangesDock::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_panes->setActive(false);
}

void ChangesDock::revertAll()
{
    m_session->changes().revertAll();
    emit statusMessage(tr("All staged changes were taken back. Undo brings them again."));
}

void ChangesDock::clearApplied()
{
    m_session->changes().removeApplied();
}

} // namespace hubkeeper
