// SPDX-License-Identifier: MIT
#include "ui/gridrig.h"

#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// The longest time the event loop did not turn: how long the window was dead.
class Heartbeat
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, [this] { beat(); });
        m_timer.start();
        m_since.start();
    }
    void beat()
    {
        m_longest = std::max(m_longest, m_since.nsecsElapsed());
        m_since.restart();
    }
    [[nodiscard]] double milliseconds() const { return double(m_longest) / 1e6; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

/// Does something, waits until it is done, and prints how long that and the longest stall took.
template <typename Do, typename IsDone>
void measure(const char *what, Do act, IsDone isDone)
{
    Heartbeat heart;
    QElapsedTimer time;
    time.start();
    act();
    heart.beat();
    const bool done = QTest::qWaitFor(isDone, 600'000);
    const double total = double(time.nsecsElapsed()) / 1e6;
    QTest::qWait(100); // What is painted afterwards.
    heart.beat();
    std::printf(",\"%s\":{\"ms\":%.1f,\"longestStallMs\":%.1f,\"done\":%s}", what, total,
                heart.milliseconds(), done ? "true" : "false");
    std::fflush(stdout);
}

/// What people do with a table that is read.
void measureTable(RecordsPage &page)
{
    RecordTable *table = page.table();
    const auto model = [&page] { return page.model(); };
    table->setFocus();

    // Reset by every new order.
    int orders = 0;
    const QObject context;
    QObject::connect(model(), &QAbstractItemModel::modelReset, &context, [&] { ++orders; });
    const auto isOrdered = [&] { return orders > 0; };
    const auto clickHeader = [&](const QString &property) {
        orders = 0;
        QHeaderView *header = table->horizontalHeader();
        const int column = int(model()->columns().indexOf(property)) + 1;
        const QPoint at(header->sectionViewportPosition(column) + 10, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    };
    measure(
        "headerClickEmail", [&] { clickHeader(u"email"_s); }, isOrdered);
    measure(
        "headerClickName", [&] { clickHeader(u"lastname"_s); }, isOrdered);
    measure(
        "selectAll", [&] { QTest::keySequence(table, QKeySequence::SelectAll); },
        [] { return true; });
    measure(
        "scrollWithAllSelected",
        [&] {
            for (int i = 0; i < 50; ++i)
                QTest::keyClick(table, Qt::Key_PageDown, Qt::ShiftModifier);
        },
        [&] { return model()->isLoaded(table->currentIndex().row()); });
    auto *filter = page.findChild<QLineEdit *>(u"contactsFilter"_s);
    measure(
        "quickFilter",
        [&] {
            orders = 0;
            filter->setText(u"anna"_s);
        },
        isOrdered);
    measure(
        "filterCleared",
        [&] {
            orders = 0;
            filter->clear();
        },
        isOrdered);
    measure(
        "copyAll",
        [&] {
            QApplication::clipboard()->clear();
            table->setFocus();
            QTest::keySequence(table, QKeySequence::SelectAll);
            QTest::keySequence(table, QKeySequence::Copy);
        },
        [&] { return !QApplication::clipboard()->text().isEmpty(); });
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM",
            qgetenv("QT_QPA_PLATFORM").isEmpty() ? "offscreen" : qgetenv("QT_QPA_PLATFORM"));
    QApplication app(argc, argv);
    const int rows = argc > 1 ? QByteArray(argv[1]).toInt() : 200'000;
    practice::PracticeOptions options = GridRig::smallPortal();
    options.contacts = rows;
    GridRig rig(options);
    std::printf("{\"bench\":\"grid\",\"rows\":%d", rows);
    const auto model = [&] { return rig.page->model(); };
    const auto isRead = [&] {
        return rig.page->isComplete() && model()->rowCount() == rows
            && rig.page->table()->currentIndex().isValid();
    };
    measure(
        "firstReading", [&] { rig.show(); }, isRead);
    measureTable(*rig.page);
    bool hasBegun = false; // The names of properties come first.
    measure(
        "readAgain", [&] { rig.page->reload(); },
        [&] {
            hasBegun = hasBegun || !rig.page->isComplete();
            return hasBegun && isRead();
        });
    std::printf("}\n");
    return 0;
}
