// SPDX-License-Identifier: MIT
#include "idm/run/runtables.h"

#include "widgets/showntime.h"
#include "widgets/tones.h"

#include <QApplication>
#include <QHeaderView>
#include <QLocale>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct RunText
{
    Q_DECLARE_TR_FUNCTIONS(RunText)
};

enum RunColumn {
    StartedColumn,
    MappingColumn,
    StateColumn,
    ObjectsColumn,
    FailuresColumn,
    IdColumn
};

QTreeWidget *makeTree(const QString &name, const QString &accessible, const QStringList &titles,
                      const QList<int> &letters, QWidget *parent)
{
    auto *tree = new QTreeWidget(parent);
    tree->setObjectName(name);
    tree->setAccessibleName(accessible);
    tree->setHeaderLabels(titles);
    tree->setRootIsDecorated(false);
    tree->setAlternatingRowColors(true);
    tree->setUniformRowHeights(true);
    for (int column = 0; column < letters.size(); ++column)
        tree->header()->resizeSection(column,
                                      letters[column] * tree->fontMetrics().averageCharWidth());
    return tree;
}

QString numberText(qint64 number)
{
    return QLocale().toString(number);
}

QTreeWidgetItem *itemOf(const QTreeWidget &list, const QString &id)
{
    for (int row = 0; row < list.topLevelItemCount(); ++row) {
        if (list.topLevelItem(row)->text(IdColumn) == id)
            return list.topLevelItem(row);
    }
    return nullptr;
}

void fillItem(QTreeWidgetItem &item, const ServerRun &run, const QHash<QString, qint64> &counted)
{
    const qint64 failed = std::max(counted.value(run.id, 0), run.failures);
    const bool isBad = run.state == ServerRunState::Failed || failed > 0;
    const QStringList cells {shownTime(run.started), run.mapping,
                             stateText(run, failed), numberText(run.successes + run.failures),
                             numberText(failed),     run.id};
    for (int column = 0; column < cells.size(); ++column) {
        item.setText(column, cells[column]);
        item.setToolTip(column, cells[column]);
    }
    //: %1 is a server's word: "SUCCESS".
    item.setToolTip(StateColumn, RunText::tr("The server says %1.").arg(run.stateWord));
    for (const int column : {ObjectsColumn, FailuresColumn})
        item.setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    const QBrush bad(tonesOf(QApplication::palette()).bad);
    for (const int column : {StateColumn, FailuresColumn})
        item.setForeground(column, isBad ? bad : QBrush());
}

void addTally(QTreeWidget &tally, const QStringList &cells)
{
    auto *item = new QTreeWidgetItem(&tally, cells);
    item->setTextAlignment(int(cells.size()) - 1, Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace

QTreeWidget *makeRunList(QWidget *parent)
{
    QTreeWidget *list =
        makeTree(u"serverRuns"_s, RunText::tr("Runs that the server remembers"),
                 {RunText::tr("Started"), RunText::tr("Mapping"), RunText::tr("State"),
                  RunText::tr("Objects"), RunText::tr("Failures"), RunText::tr("Run")},
                 {23, 36, 14, 10, 10, 30}, parent);
    list->headerItem()->setToolTip(
        FailuresColumn,
        RunText::tr("The server's count until the run is chosen: an object of action EXCEPTION is "
                    "a success in it."));
    return list;
}

void fillRuns(QTreeWidget &list, const QList<ServerRun> &runs, const QHash<QString, qint64> &failed)
{
    const QString current = runIn(list);
    const QSignalBlocker quiet(&list); // The current run is the same one.
    list.clear();
    QList<ServerRun> newestFirst(runs.crbegin(), runs.crend());
    std::stable_sort(newestFirst.begin(), newestFirst.end(),
                     [](const ServerRun &a, const ServerRun &b) { return a.started > b.started; });
    for (const ServerRun &run : std::as_const(newestFirst))
        fillItem(*new QTreeWidgetItem(&list), run, failed);
    list.setCurrentItem(itemOf(list, current));
}

void showRunIn(QTreeWidget &list, const ServerRun &run, const QHash<QString, qint64> &failed)
{
    const QSignalBlocker quiet(&list);
    QTreeWidgetItem *item = itemOf(list, run.id);
    if (!item) {
        item = new QTreeWidgetItem;
        list.insertTopLevelItem(0, item);
    }
    fillItem(*item, run, failed);
}

QString runIn(const QTreeWidget &list)
{
    const QTreeWidgetItem *item = list.currentItem();
    return item ? item->text(IdColumn) : QString();
}

void selectRun(QTreeWidget &list, const QString &id)
{
    const QSignalBlocker quiet(&list);
    list.setCurrentItem(itemOf(list, id));
}

QTreeWidget *makeTally(QWidget *parent)
{
    QTreeWidget *tally =
        makeTree(u"runTally"_s, RunText::tr("What the run found and did"),
                 {RunText::tr("Side"), RunText::tr("Situation"), RunText::tr("Action"),
                  RunText::tr("Result"), RunText::tr("Objects")},
                 {8, 24, 12, 10, 8}, parent);
    tally->setSelectionMode(QAbstractItemView::NoSelection);
    return tally;
}

void fillTally(QTreeWidget &tally, const RunResult &result)
{
    tally.clear();
    for (auto it = result.tally.cbegin(); it != result.tally.cend(); ++it) {
        const TallyKey &key = it.key();
        addTally(tally,
                 {key.ofTargetPhase ? RunText::tr("target") : RunText::tr("source"),
                  key.situation.isEmpty() ? RunText::tr("none") : key.situation, key.action,
                  key.failed ? RunText::tr("failed") : RunText::tr("done"),
                  numberText(it.value())});
    }
    const auto &situations = result.run.situations;
    for (auto it = situations.cbegin(); !result.hasEntries && it != situations.cend(); ++it) {
        if (it.value() > 0)
            addTally(tally, {QString(), it.key(), QString(), QString(), numberText(it.value())});
    }
}

QString stateText(const ServerRun &run, qint64 failed)
{
    switch (run.state) {
    case ServerRunState::Active:
        return RunText::tr("under way");
    case ServerRunState::Success:
        return failed > 0 ? RunText::tr("failed") : RunText::tr("finished");
    case ServerRunState::Failed:
        return RunText::tr("broke off");
    case ServerRunState::Canceled:
        return RunText::tr("cancelled");
    case ServerRunState::Other:
        return run.stateWord;
    }
    Q_UNREACHABLE();
}

QString summaryOf(const RunResult &result)
{
    const ServerRun &run = result.run;
    //: %1 is a mapping, %2 how its run ended, %3 a number of seconds.
    QStringList sentences {RunText::tr("%1: %2 after %3 s.")
                               .arg(run.mapping, stateText(run, result.failed),
                                    QLocale().toString(double(run.milliseconds) / 1000.0, 'f', 1))};
    if (!result.hasEntries)
        sentences.append(
            RunText::tr("Its entries cannot be read, so only the server's counts are shown: %1")
                .arg(result.whyNoEntries));
    if (result.failed > 0)
        sentences.append(RunText::tr("%Ln object(s) failed.", nullptr, int(result.failed)));
    if (run.state == ServerRunState::Success && result.failed > 0)
        sentences.append(RunText::tr("The server says SUCCESS all the same."));
    if (run.state == ServerRunState::Failed && result.entries == 0)
        sentences.append(
            RunText::tr("It broke off before it looked at any object: its source is empty, a query "
                        "fails, or the mapping has a fault. The preview says which."));
    if (result.comparison) {
        const qsizetype different = result.comparison->differences().size();
        sentences.append(different == 0
                             ? RunText::tr("Everything came as the preview said.")
                             : RunText::tr("%Ln object(s) came otherwise than the preview said.",
                                           nullptr, int(different)));
    }
    return sentences.join(u' ');
}

} // namespace hubkeeper
