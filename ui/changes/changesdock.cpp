// SPDX-License-Identifier: MIT
#include "changes/changesdock.h"

#include "changes/changesmodel.h"
#include "session/open/session.h"
#include "session/writing/applychanges.h"
#include "widgets/actionbutton.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTreeView>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostExpanded = 300; // Records; a longer list tells the cells on each line.

} // namespace

ChangesDock::ChangesDock(Masking &masking, QWidget *parent)
    : Page(u"changes"_s, parent)
    , m_masking(masking)
    , m_stack(new QStackedWidget(this))
    , m_tree(new QTreeView(this))
    , m_summary(new QLabel(this))
    , m_message(new MessageBar(this))
    , m_progress(new CallBar(this))
{
    m_tree->setObjectName(u"changesTree"_s);
    m_tree->setAccessibleName(tr("Staged changes"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    auto *empty = new QLabel(tr("Nothing is staged.\n\nEdit a cell of Contacts or Companies, or "
                                "open a saved change set. Nothing is sent before you apply it."),
                             this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_tree);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(makeButtons());
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_progress);
    connect(m_progress, &CallBar::busyChanged, this, &ChangesDock::updateButtons);
    connect(m_message, &MessageBar::buttonPressed, this, &Page::wants);
    connect(&m_masking, &Masking::changed, this, [this] {
        if (m_model)
            m_model->maskingChanged();
    });
    updateButtons();
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

QLayout *ChangesDock::makeButtons()
{
    m_apply = new QAction(hubkeeper::icon(u"apply"_s), tr("&Apply"), this);
    m_apply->setShortcut(Qt::CTRL | Qt::Key_Return);
    m_apply->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_apply);
    m_applyFirst = new QAction(tr("Apply &First"), this);
    m_firstRows = new QSpinBox(this);
    m_firstRows->setRange(1, 1000);
    m_firstRows->setValue(5);
    m_firstRows->setAccessibleName(tr("Number of records of a trial"));
    m_firstRows->setToolTip(tr("Apply only so many records first, as a trial"));
    connect(m_apply, &QAction::triggered, this, [this] { apply(0); });
    connect(m_applyFirst, &QAction::triggered, this, [this] { apply(m_firstRows->value()); });
    m_revert =
        makeAction(tr("&Revert Selected"), u"document-revert"_s, &ChangesDock::revertSelected);
    m_revertAll = makeAction(tr("Revert A&ll"), u"edit-clear"_s, &ChangesDock::revertAll);
    m_keepMine = makeAction(tr("&Keep Mine"), u"merge"_s, &ChangesDock::keepMine);
    m_takeTheirs = makeAction(tr("&Take Theirs"), u"edit-undo"_s, &ChangesDock::takeTheirs);
    m_clear = makeAction(tr("&Clear Applied"), u"dialog-ok"_s, &ChangesDock::clearApplied);
    m_save = makeAction(tr("&Save Change Set…"), u"document-save"_s, &ChangesDock::saveToFile);
    m_open = makeAction(tr("&Open Change Set…"), u"document-open"_s, &ChangesDock::openFromFile);

    auto *row = new QHBoxLayout;
    const auto add = [&](QAction *action) {
        row->addWidget(buttonFor(action, Qt::ToolButtonTextBesideIcon, this));
    };
    add(m_apply);
    add(m_applyFirst);
    row->addWidget(m_firstRows);
    for (QAction *action : {m_revert, m_revertAll, m_keepMine, m_takeTheirs, m_clear})
        add(action);
    row->addStretch(1);
    row->addWidget(m_summary);
    return row;
}

void ChangesDock::addToMenus(const Menus &menus)
{
    menus.changes->addActions({m_apply, m_applyFirst});
    menus.changes->addSeparator();
    menus.changes->addActions({m_revert, m_revertAll, m_keepMine, m_takeTheirs, m_clear});
    menus.changes->addSeparator();
    menus.changes->addActions({m_save, m_open});
}

QString ChangesDock::title() const
{
    const int count = m_session ? m_session->changes().waiting() : 0;
    return count == 0 ? tr("Changes") : tr("Changes (%L1)").arg(count);
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

void ChangesDock::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_tree->setModel(nullptr);
    m_model.reset();
    m_session = std::move(session);
    m_message->dismiss();
    if (m_session) {
        m_model = std::make_unique<ChangesModel>(m_session->changes(), m_masking, nullptr);
        m_tree->setModel(m_model.get());
        const int width = fontMetrics().averageCharWidth();
        m_tree->header()->resizeSection(ChangesModel::WhatColumn, width * 36);
        m_tree->header()->resizeSection(ChangesModel::BeforeColumn, width * 28);
        m_tree->header()->resizeSection(ChangesModel::AfterColumn, width * 28);
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
        });
        connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, m_work.get(),
                [this] { updateButtons(); });
        connect(m_session.get(), &Session::policyChanged, m_work.get(),
                [this] { updateButtons(); });
        expand(0, m_model->rowCount({}) - 1);
    }
    update();
}

/// A review shows old and new at a glance: records are open while they are few.
void ChangesDock::expand(int first, int last)
{
    const bool few = m_model->rowCount({}) <= mostExpanded;
    m_model->setTellsCells(!few);
    for (int row = first; few && row <= last; ++row)
        m_tree->expand(m_model->index(row, 0, {}));
}

void ChangesDock::showItem(const QString &)
{
    m_tree->setFocus();
    if (m_model && !m_tree->currentIndex().isValid())
        m_tree->setCurrentIndex(m_model->index(0, 0, {}));
}

void ChangesDock::update()
{
    m_stack->setCurrentIndex(m_session && !m_session->changes().isEmpty() ? 1 : 0);
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

std::optional<std::pair<ObjectType, QString>> ChangesDock::current() const
{
    const QModelIndex index = m_tree->currentIndex();
    if (!index.isValid())
        return std::nullopt;
    return std::pair(ObjectType(index.data(ChangesModel::TypeRole).toInt()),
                     index.data(ChangesModel::IdRole).toString());
}

void ChangesDock::updateButtons()
{
    const bool busy = m_progress->isBusy() || (m_session && m_session->changes().isBusy());
    const bool any = m_session && !m_session->changes().isEmpty();
    const bool readOnly = m_session && m_session->connection().policy.mode == WriteMode::ReadOnly;
    const bool waiting = m_session && m_session->changes().waiting() > 0;
    const bool applied = m_session && m_session->changes().count(RowState::Applied) > 0;
    const bool chosen = any && m_tree->currentIndex().isValid();
    const bool conflict = chosen
        && m_tree->currentIndex().data(ChangesModel::StateRole).toInt()
            == int(RowState::Conflicting);

    m_apply->setEnabled(waiting && !busy && !readOnly);
    m_applyFirst->setEnabled(waiting && !busy && !readOnly);
    m_firstRows->setEnabled(m_applyFirst->isEnabled());
    const QString why = readOnly
        ? tr("The connection is read-only. Change it with Portal > Write Mode.")
        : tr("Send the staged changes to HubSpot");
    m_apply->setToolTip(why);
    m_applyFirst->setToolTip(why);
    m_revert->setEnabled(chosen && !busy);
    m_revertAll->setEnabled(waiting && !busy);
    m_keepMine->setEnabled(conflict && !busy);
    m_takeTheirs->setEnabled(conflict && !busy);
    m_clear->setEnabled(applied && !busy);
    m_save->setEnabled(any && !busy);
    m_open->setEnabled(m_session && !busy);
}

/// What of the rows can be taken back, and what cannot.
QString ChangesDock::consequences(int rows) const
{
    std::array<int, 3> counts {}; // By ChangeKind.
    int left = rows;
    m_session->changes().index().forEach([&](const RowIndex::Slot &slot) {
        if (isToBeSent(slot.state) && left-- > 0)
            ++counts[size_t(slot.kind)];
        return left > 0;
    });
    const int archives = counts[size_t(ChangeKind::Archive)];
    QStringList parts;
    if (const int updates = counts[size_t(ChangeKind::Update)]; updates > 0)
        parts.append(tr("%Ln to be changed", nullptr, updates));
    if (const int creates = counts[size_t(ChangeKind::Create)]; creates > 0)
        parts.append(tr("%Ln to be created", nullptr, creates));
    if (archives > 0)
        parts.append(tr("%Ln to be archived", nullptr, archives));
    QStringList sentences {parts.join(u", "_s) + u'.'};
    if (m_session->connection().kind == ConnectionKind::Production)
        sentences.append(tr("This is a production connection."));
    if (archives > 0)
        sentences.append(tr("What is archived cannot be brought back from here: only HubSpot can, "
                            "for 90 days."));
    if (archives < rows)
        sentences.append(archives > 0 ? tr("The rest can be reverted from the Journal.")
                                      : tr("The run can be reverted from the Journal."));
    return sentences.join(u'\n');
}

bool ChangesDock::confirm(int rows)
{
    const Connection &connection = m_session->connection();
    if (connection.policy.mode != WriteMode::Confirm)
        return true;
    QMessageBox question(QMessageBox::Question, tr("Apply Changes"),
                         tr("Write %Ln record(s) to “%1”?", nullptr, rows).arg(connection.label),
                         QMessageBox::NoButton, this);
    question.setObjectName(u"applyQuestion"_s);
    question.setInformativeText(consequences(rows));
    auto *apply = question.addButton(tr("&Apply"), QMessageBox::AcceptRole);
    question.setDefaultButton(question.addButton(QMessageBox::Cancel));
    question.exec();
    return question.clickedButton() == static_cast<QAbstractButton *>(apply);
}

void ChangesDock::apply(int firstRows)
{
    if (!m_session || m_progress->isBusy())
        return;
    const int waiting = m_session->changes().waiting();
    const int count = firstRows > 0 ? std::min(firstRows, waiting) : waiting;
    if (count == 0 || !confirm(count))
        return;
    m_message->dismiss();
    RunOptions options;
    options.reviewed = isVisible(); // What is sent is what this dock shows.
    options.confirmed = true;
    options.firstRows = firstRows;
    auto *call = applyChanges(*m_session, options, m_work.get());
    m_progress->watch(call, tr("Applying changes"));
    call->onDone(this, [this](const Result<RunSummary> &outcome) { onApplied(outcome); });
    updateButtons();
}

void ChangesDock::onApplied(const Result<RunSummary> &outcome)
{
    updateButtons();
    if (!outcome && outcome.error().kind == ErrorKind::Cancelled) {
        const QString text = stoppedText();
        m_message->showMessage(MessageBar::Warning, text,
                               tr("What was sent is in the Journal. Apply again to go on."));
        emit statusMessage(text);
        emit runEnded();
        return;
    }
    if (!outcome) {
        m_message->showError(outcome.error(), Situation::ApplyingChanges);
        emit runEnded();
        return;
    }
    QStringList parts {
        tr("%Ln record(s) applied and proven.", nullptr, outcome->applied - outcome->unproven)};
    if (outcome->unproven > 0)
        parts.append(tr("%Ln written but not proven.", nullptr, outcome->unproven));
    if (outcome->failed > 0)
        parts.append(tr("%Ln refused.", nullptr, outcome->failed));
    if (outcome->conflicting > 0)
        parts.append(tr("%Ln changed meanwhile.", nullptr, outcome->conflicting));
    if (outcome->unknown > 0)
        parts.append(tr("%Ln of unknown outcome.", nullptr, outcome->unknown));
    if (outcome->skipped > 0)
        parts.append(tr("%Ln not sent.", nullptr, outcome->skipped));
    const int open = outcome->failed + outcome->conflicting + outcome->unknown + outcome->unproven;
    const bool clean = open == 0;
    m_message->showMessage(clean ? MessageBar::Good : MessageBar::Warning, parts.join(u' '),
                           clean ? QString()
                                 : tr("The rows below say why. Mend them and apply again."));
    emit statusMessage(parts.join(u' '));
    emit runEnded();
}

QString ChangesDock::stoppedText() const
{
    const ChangeSet &changes = m_session->changes();
    const int unknown = changes.count(RowState::Unknown);
    const int waiting = changes.waiting() - unknown;
    QStringList parts {tr("The run was stopped: %Ln record(s) wait.", nullptr, waiting)};
    if (unknown > 0)
        parts.append(tr("%Ln may have been sent.", nullptr, unknown));
    return parts.join(u' ');
}

void ChangesDock::revertSelected()
{
    const QModelIndexList indexes = m_tree->selectionModel()->selectedRows();
    QList<std::tuple<ObjectType, QString, QString>> chosen;
    for (const QModelIndex &index : indexes) {
        chosen.append({ObjectType(index.data(ChangesModel::TypeRole).toInt()),
                       index.data(ChangesModel::IdRole).toString(),
                       index.data(ChangesModel::PropertyRole).toString()});
    }
    m_session->changes().beginStep(tr("Revert"));
    for (const auto &[type, id, property] : chosen) {
        if (property.isEmpty())
            m_session->changes().revertRow(type, id);
        else
            m_session->changes().revertCell(type, id, property);
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
        m_session->changes().rebase(row->first, row->second);
}

void ChangesDock::takeTheirs()
{
    if (const auto row = current())
        m_session->changes().revertRow(row->first, row->second);
}

void ChangesDock::clearApplied()
{
    m_session->changes().removeApplied();
}

} // namespace hubkeeper
