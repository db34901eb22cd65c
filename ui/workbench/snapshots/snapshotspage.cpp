// SPDX-License-Identifier: MIT
#include "workbench/snapshots/snapshotspage.h"

#include "records/grid/recordtable.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "workbench/snapshots/badweather.h"
#include "workbench/snapshots/rehearsaltext.h"
#include "workbench/snapshots/snapshotgrid.h"
#include "workbench/snapshots/textrowsmodel.h"

#include <QComboBox>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

SnapshotsPage::SnapshotsPage(const Masking &masking, const Paths &paths, StartRehearsalPortal start,
                             QWidget *parent)
    : Page(PageId::Snapshots, parent)
    , m_masking(masking)
    , m_paths(paths)
    , m_work(new SnapshotWork(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_message(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_list(makeRows(tr("Snapshots"), &m_snapshots))
    , m_tabs(new QTabWidget(this))
    , m_records(new QStackedWidget(this))
    , m_closed(new EmptyState(this))
    , m_grid(new SnapshotGrid(masking, this))
    , m_differences(new TextRowsModel(
          {tr("What"), tr("Record"), tr("Property"), tr("Before"), tr("After")}, this))
    , m_rehearsal(new TextRowsModel(
          {tr("Outcome"), tr("Record"), tr("Property"), tr("Before"), tr("After"), tr("Note")},
          this))
    , m_take(new QPushButton(hubkeeper::icon(u"list-add"_s), tr("&Take Snapshot"), this))
    , m_takeAgain(new QPushButton(hubkeeper::icon(u"view-refresh"_s), tr("Take Agai&n"), this))
    , m_open(new QPushButton(hubkeeper::icon(u"document-open"_s), tr("&Open"), this))
    , m_compare(new QPushButton(tr("Co&mpare With"), this))
    , m_other(new QComboBox(this))
    , m_putBack(new QPushButton(hubkeeper::icon(u"document-revert"_s), tr("Put Bac&k"), this))
    , m_rehearse(new QPushButton(hubkeeper::icon(u"practice"_s), tr("&Rehearse Changes"), this))
    , m_badWeather(new BadWeather(this))
    , m_delete(new QPushButton(hubkeeper::icon(u"edit-delete"_s), tr("&Delete"), this))
{
    m_work->setRehearsalPortal(std::move(start));
    m_message->setMasking(masking);
    m_closed->setContents(hubkeeper::icon(u"document-open"_s), tr("Not open"),
                          tr("Open the selected snapshot to browse its records, to edit on its "
                             "values and to put values back. No call is made for that."));
    m_closed->addButton(Choice::Open, hubkeeper::icon(u"document-open"_s), tr("Open &Snapshot"));
    m_empty->setContents(
        hubkeeper::icon(u"history"_s), tr("No snapshots yet"),
        tr("A snapshot is a copy of the portal on this computer: to look back, to "
           "compare, to put values back, and to rehearse changes on. Take one with "
           "the button above."));
    build();
    connectWork();
    updateButtons();
}

SnapshotsPage::~SnapshotsPage() = default;

QString SnapshotsPage::title() const
{
    return tr("Snapshots");
}

QIcon SnapshotsPage::icon() const
{
    return hubkeeper::icon(u"history"_s);
}

void SnapshotsPage::connectWork()
{
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &SnapshotsPage::onCurrentChanged);
    connect(m_closed, &EmptyState::pressed, this, &SnapshotsPage::openCurrent);
    connect(m_list, &QTreeView::activated, this, &SnapshotsPage::openCurrent);
    connect(m_take, &QPushButton::clicked, this, &SnapshotsPage::take);
    connect(m_takeAgain, &QPushButton::clicked, this, &SnapshotsPage::takeAgain);
    connect(m_open, &QPushButton::clicked, this, &SnapshotsPage::openCurrent);
    connect(m_compare, &QPushButton::clicked, this, &SnapshotsPage::compare);
    connect(m_putBack, &QPushButton::clicked, this, &SnapshotsPage::putBack);
    connect(m_rehearse, &QPushButton::clicked, this, &SnapshotsPage::rehearse);
    connect(m_delete, &QPushButton::clicked, this, &SnapshotsPage::askToDelete);
    connect(m_message, &MessageBar::buttonPressed, this, [this](Choice choice) {
        if (choice == Choice::Confirm)
            deleteCurrent();
        else if (choice == Choice::Changes)
            emit goTo({PageId::Changes, {}});
    });
    connect(m_grid, &SnapshotGrid::selectionChanged, this, &SnapshotsPage::updateButtons);
    connect(m_grid, &SnapshotGrid::failed, this, &SnapshotsPage::showFailure);
    connect(m_grid, &SnapshotGrid::refused, this,
            [this](const QString &why) { m_message->showMessage(MessageBar::Warning, why); });
    connect(m_work, &SnapshotWork::started, this, [this](CallBase *call, const QString &what) {
        m_message->dismiss();
        m_progress->watch(call, what);
    });
    connect(m_work, &SnapshotWork::busyChanged, this, &SnapshotsPage::updateButtons);
    connect(m_work, &SnapshotWork::taken, this, &SnapshotsPage::onTaken);
    connect(m_work, &SnapshotWork::compared, this, &SnapshotsPage::onCompared);
    connect(m_work, &SnapshotWork::stagedBack, this, &SnapshotsPage::onStaged);
    connect(m_work, &SnapshotWork::rehearsed, this, &SnapshotsPage::onRehearsed);
    connect(m_work, &SnapshotWork::failed, this, &SnapshotsPage::showFailure);
    connect(&m_masking, &Masking::changed, this, [this] {
        m_grid->maskingChanged();
        m_differences->clear(); // They would show what was written down before.
        m_rehearsal->clear();
    });
}

void SnapshotsPage::setSession(std::shared_ptr<Session> session)
{
    m_session = std::move(session);
    m_work->setSession(m_session);
    m_grid->setSession(m_session);
    m_differences->clear();
    m_rehearsal->clear();
    m_message->dismiss();
    if (m_session) {
        connect(&m_session->changes(), &ChangeSet::changed, this, &SnapshotsPage::updateButtons);
    }
    reload();
}

void SnapshotsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    reload();
}

void SnapshotsPage::reload()
{
    const QString before = current() ? current()->path : QString();
    m_snapshots.setSnapshots(
        m_session ? keptSnapshots(snapshotFolder(m_paths, m_session->connection().id))
                  : QList<KeptSnapshot>());
    const int row = std::max(0, m_snapshots.rowOf(before));
    if (m_snapshots.rowCount() > 0)
        m_list->setCurrentIndex(m_snapshots.index(row, 0));
    m_stack->setCurrentIndex(m_snapshots.rowCount() > 0 ? 1 : 0);
    fillOthers();
    updateButtons();
}

const KeptSnapshot *SnapshotsPage::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? &m_snapshots.at(index.row()) : nullptr;
}

/// What the tabs show is of the selected snapshot.
void SnapshotsPage::onCurrentChanged()
{
    const QString path = current() ? current()->path : QString();
    if (path != m_selected) { // Not where the list was read again.
        m_grid->clear();
        m_differences->clear();
        m_rehearsal->clear();
    }
    m_selected = path;
    fillOthers();
    updateButtons();
}

void SnapshotsPage::showOpened()
{
    m_records->setCurrentIndex(m_grid->path().isEmpty() ? 0 : 1);
}

void SnapshotsPage::fillOthers()
{
    m_other->clear();
    m_other->addItem(tr("The portal now"), QString());
    const KeptSnapshot *selected = current();
    for (const KeptSnapshot &one : m_snapshots.snapshots()) {
        if (selected && one.path != selected->path && !one.fault
            && one.info.state != SnapshotState::Unfinished)
            m_other->addItem(SnapshotListModel::takenText(one), one.path);
    }
}

void SnapshotsPage::updateButtons()
{
    const KeptSnapshot *one = current();
    const bool isFree = m_session && !m_work->isBusy();
    const bool isWhole = one && !one->fault && one->info.state != SnapshotState::Unfinished;
    m_take->setEnabled(isFree);
    m_take->setText(one && !one->willBe.isEmpty() ? tr("Res&ume") : tr("&Take Snapshot"));
    m_takeAgain->setEnabled(isFree && isWhole && one->info.condition.isEmpty());
    m_open->setEnabled(m_session && isWhole);
    m_compare->setEnabled(isFree && isWhole);
    m_other->setEnabled(isFree && isWhole);
    m_putBack->setEnabled(isFree && m_grid->hasSelection());
    m_rehearse->setEnabled(isFree && isWhole && m_work->canRehearse()
                           && m_session->changes().waiting() > 0);
    m_badWeather->setEnabled(m_rehearse->isEnabled());
    m_delete->setEnabled(isFree && one);
    showOpened();
}

/// Goes on with an unfinished one that is selected.
void SnapshotsPage::take()
{
    const KeptSnapshot *one = current();
    const bool goesOn = one && !one->willBe.isEmpty() && !one->fault;
    const QString folder = snapshotFolder(m_paths, m_session->connection().id);
    if (const auto made = makePrivateFolder(folder); !made)
        return showFailure(made.error());
    m_work->take(goesOn ? one->willBe : newSnapshotPath(folder, QDateTime::currentDateTimeUtc()),
                 {});
}

void SnapshotsPage::takeAgain()
{
    if (const KeptSnapshot *one = current())
        m_work->take(newSnapshotPath(snapshotFolder(m_paths, m_session->connection().id),
                                     QDateTime::currentDateTimeUtc()),
                     one->path);
}

void SnapshotsPage::onTaken(const QString &path, const SnapshotInfo &info)
{
    reload();
    if (const int row = m_snapshots.rowOf(path); row >= 0)
        m_list->setCurrentIndex(m_snapshots.index(row, 0));
    if (info.state == SnapshotState::Complete)
        m_message->showMessage(MessageBar::Good, tr("The snapshot is complete."),
                               info.notes.join(u'\n'));
    else
        m_message->showMessage(MessageBar::Warning, tr("The snapshot is partial."),
                               (info.gaps + info.notes).join(u'\n'));
}

void SnapshotsPage::openCurrent()
{
    const KeptSnapshot *one = current();
    if (!one || !m_open->isEnabled())
        return;
    if (const auto shown = m_grid->show(one->path); !shown)
        return showFailure(shown.error());
    m_tabs->setCurrentIndex(0);
    m_grid->table()->setFocus();
    updateButtons();
}

void SnapshotsPage::compare()
{
    if (const KeptSnapshot *one = current())
        m_work->compare(one->path, m_other->currentData().toString());
}

void SnapshotsPage::onCompared(const QList<SnapshotDifference> &differences,
                               const ComparedSnapshots &found)
{
    QList<QStringList> rows;
    for (const SnapshotDifference &one : differences) {
        const QString kind = one.kind == DifferenceKind::Added ? tr("Added")
            : one.kind == DifferenceKind::Removed              ? tr("Removed")
                                                               : tr("Changed");
        const bool isRecord = one.subject == SnapshotDifference::Record;
        const QString record = one.subject == SnapshotDifference::Definition
            ? tr("Property %1").arg(one.label)
            : m_masking.name(one.label);
        const auto shown = [&](const QString &text) {
            return isRecord ? m_masking.value(one.type, one.property, text) : text;
        };
        rows.append({kind, record, one.property, shown(one.before), shown(one.after)});
    }
    m_differences->clear();
    m_differences->append(rows);
    m_tabs->setCurrentIndex(1);
    const auto sum = [&found](qint64 ComparedSnapshots::Counts::*member) {
        return found.records[0].*member + found.records[1].*member;
    };
    const QLocale locale;
    m_message->showMessage(
        MessageBar::Information,
        found.isEmpty() ? tr("Nothing differs.")
                        : tr("Records: %1 added, %2 removed, %3 changed.")
                              .arg(locale.toString(sum(&ComparedSnapshots::Counts::added)),
                                   locale.toString(sum(&ComparedSnapshots::Counts::removed)),
                                   locale.toString(sum(&ComparedSnapshots::Counts::changed))),
        differences.size() < SnapshotWork::mostDifferences
            ? QString()
            : tr("The first %1 differences are shown; `hubkeeper-cli snapshot diff` prints all of "
                 "them.")
                  .arg(locale.toString(SnapshotWork::mostDifferences)));
}

void SnapshotsPage::putBack()
{
    const QStringList properties = m_grid->selectedProperties();
    m_grid->selectedRecords(m_work)->onDone(
        this, [this, properties](const Result<QList<Record>> &records) {
            if (!records)
                return showFailure(records.error());
            std::vector<qint64> ids;
            for (const Record &record : *records)
                ids.push_back(record.id.toLongLong());
            if (!ids.empty())
                m_work->putBack(m_grid->path(), m_grid->type(), ids, properties);
        });
}

void SnapshotsPage::onStaged(const PutBack &outcome)
{
    QStringList left;
    for (const NotPutBack &one : outcome.left)
        left.append(u"%1: %2"_s.arg(m_masking.name(one.label), one.why));
    m_message->showMessage(
        outcome.left.isEmpty() ? MessageBar::Good : MessageBar::Warning,
        outcome.staged == 0
            ? tr("Nothing was staged: the portal has these values.")
            : tr("%Ln record(s) staged. Nothing was sent.", nullptr, outcome.staged),
        left.mid(0, 5).join(u'\n'),
        outcome.staged == 0 ? QList<MessageBar::Button>()
                            : QList<MessageBar::Button> {{Choice::Changes, tr("Revie&w")}});
}

void SnapshotsPage::rehearse()
{
    if (const KeptSnapshot *one = current())
        m_work->rehearse(one->path, m_badWeather->faults());
}

void SnapshotsPage::onRehearsed(const RehearsalReport &report)
{
    m_rehearsal->clear();
    m_rehearsal->append(rehearsalLines(report, m_masking));
    m_tabs->setCurrentIndex(2);
    m_message->showMessage(
        report.isGood() ? MessageBar::Good : MessageBar::Warning, rehearsalHeadline(report),
        m_masking.text(rehearsalDetails(report, m_badWeather->namesOf(report.unfiredFaults))),
        {{Choice::Changes, tr("Revie&w")}});
}

void SnapshotsPage::askToDelete()
{
    const KeptSnapshot *one = current();
    if (!one)
        return;
    m_toDelete = one->path;
    m_message->showMessage(MessageBar::Warning,
                           tr("Delete the snapshot of %1?").arg(SnapshotListModel::takenText(*one)),
                           tr("It cannot be brought back."), {{Choice::Confirm, tr("Delete &It")}});
}

void SnapshotsPage::deleteCurrent()
{
    m_message->dismiss();
    if (m_grid->path() == m_toDelete)
        m_grid->clear();
    if (const auto removed = removeSnapshot(m_toDelete); !removed)
        return showFailure(removed.error());
    emit statusMessage(tr("The snapshot was deleted."));
    reload();
}

void SnapshotsPage::showFailure(const Error &error)
{
    reload();
    if (error.kind == ErrorKind::Cancelled) {
        emit statusMessage(tr("Stopped. An unfinished snapshot can be taken on."));
        return;
    }
    m_message->showMessage(MessageBar::Failure, error.what, error.remedy);
}

void SnapshotsPage::focusFilter()
{
    m_grid->focusFilter();
}

} // namespace hubkeeper
