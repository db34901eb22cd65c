// SPDX-License-Identifier: MIT
// Many staged rows: staging, undo, redo, review (the model behind the Changes dock in a tree),
// applying, taking back. Of each the time in all and the longest time in which the event loop did
// not turn, which is what a user feels as a pause.
// Arguments: how many rows.
#include "bench/benchrig.h"
#include "changes/changesmodel.h"
#include "changes/run/run.h"
#include "journal/journal.h"
#include "records/values/portalnames.h"
#include "widgets/masking.h"

#include <QApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <QTreeView>

using namespace hubkeeper;
using namespace hubkeeper::bench;
using namespace Qt::StringLiterals;

namespace {

/// The longest time between two turns of the event loop.
class Pauses
{
public:
    Pauses()
    {
        m_ticks.setInterval(0);
        m_ticks.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_ticks, &QTimer::timeout, &m_ticks, [this] {
            m_longest = std::max(m_longest, m_turn.nsecsElapsed());
            m_turn.start();
        });
    }
    void start()
    {
        m_longest = 0;
        m_total.start();
        m_turn.start();
        m_ticks.start();
    }
    [[nodiscard]] QJsonObject stop()
    {
        m_longest = std::max(m_longest, m_turn.nsecsElapsed());
        m_ticks.stop();
        return {{u"seconds"_s, rounded(double(m_total.nsecsElapsed()) / 1e9)},
                {u"longestMs"_s, rounded(double(m_longest) / 1e6)}};
    }

private:
    QTimer m_ticks;
    QElapsedTimer m_total;
    QElapsedTimer m_turn;
    qint64 m_longest = 0;
};

void waitUntil(const std::function<bool()> &isDone)
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (isDone())
            loop.quit();
    });
    look.start(1);
    loop.exec();
}

double residentMb()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return double(line.simplified().split(' ').value(1).toLongLong()) / 1024;
    }
    return 0;
}

practice::PracticeOptions quickPortal(int contacts)
{
    practice::PracticeOptions options = farPortal(1000, contacts);
    options.latency = std::chrono::milliseconds(0);
    options.limits = {0, 0, 0, 0, 0};
    return options;
}

/// The portal in a program of its own, so that its memory is not counted: this one, started again.
int servePortal(int contacts)
{
    practice::PracticeThread server(quickPortal(contacts));
    if (const auto started = server.start(); !started)
        giveUp(started.error().sentence());
    server.staticToken().withClearText([&](std::string_view token) {
        std::printf("%s %.*s\n", server.url().toEncoded().constData(), int(token.size()),
                    token.data());
    });
    std::fflush(stdout);
    while (std::getchar() != EOF) { } // Ends with the program that started it.
    return 0;
}

/// A client of that portal.
struct RemoteRig
{
    explicit RemoteRig(int contacts)
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(),
                      {QString::number(contacts), u"portal"_s});
        if (!process.waitForReadyRead(60'000))
            giveUp(u"The portal does not start."_s);
        const QList<QByteArray> words = process.readLine().trimmed().split(' ');
        TransportOptions options;
        options.base = QUrl(QString::fromUtf8(words.value(0)));
        options.maximumConnections = connectionsFor(1000);
        transport = std::make_unique<QnamTransport>(options);
        tokens = std::make_unique<TokenProvider>(Secret(QByteArray(words.value(1))));
        client = std::make_unique<RestClient>(*transport, clock, budget, *tokens, traffic);
        portal = std::make_unique<PortalWriter>(*client, ApiVersion::V2026_09);
    }
    ~RemoteRig()
    {
        process.closeWriteChannel();
        process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(RemoteRig)

    QProcess process;
    SystemClock clock;
    AccountBudget budget {1000};
    TrafficLog traffic;
    std::unique_ptr<QnamTransport> transport;
    std::unique_ptr<TokenProvider> tokens;
    std::unique_ptr<RestClient> client;
    std::unique_ptr<PortalWriter> portal;
};

std::vector<RowChange> edits(RemoteRig &rig, int count)
{
    QObject parent;
    ListOptions options;
    options.properties = {u"jobtitle"_s, u"city"_s};
    std::vector<RowChange> rows;
    while (int(rows.size()) < count) {
        const RecordPage page = valueOf(rig.portal->list(ObjectType::Contacts, options, &parent));
        for (const Record &record : page.records) {
            if (int(rows.size()) == count)
                break;
            RowChange &row = rows.emplace_back();
            row.id = record.id;
            row.label = u"contact%1@example.com"_s.arg(record.id);
            for (const QString &property : {u"jobtitle"_s, u"city"_s}) {
                row.cells.insert(property, {record.text(property), u"Changed by a benchmark"_s});
            }
        }
        options.after = page.after;
    }
    return rows;
}

/// Does something; how long it took until it was done, and the longest pause.
QJsonObject timed(const std::function<void()> &begin, const std::function<bool()> &isDone)
{
    Pauses pauses;
    pauses.start();
    begin();
    waitUntil(isDone);
    return pauses.stop();
}

/// As the Changes dock shows them.
void show(QTreeView &view, ChangesModel &model)
{
    view.setUniformRowHeights(true);
    view.setModel(&model);
    view.resize(900, 600);
    view.show();
}

/// Sets `isApplied` when all of so many rows are.
void startApplying(RemoteRig &rig, ChangeSet &changes, Journal &journal, int rows, bool &isApplied)
{
    const WritePolicy free {WriteMode::Free, 0, 0, {}, true};
    auto *run = new ApplyRun(
        *rig.portal, changes, journal, [free] { return free; }, {}, {}, rig.clock, &changes);
    run->onDone(&changes, [rows, &isApplied](const Result<RunSummary> &summary) {
        isApplied = summary && summary->applied == rows;
        if (!isApplied)
            giveUp(u"Not all rows were applied."_s);
    });
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const int count = std::max(1, QCoreApplication::arguments().value(1, u"100000"_s).toInt());
    if (QCoreApplication::arguments().value(2) == "portal"_L1)
        return servePortal(count);
    RemoteRig rig(count + 100);
    QTemporaryDir folder;
    auto opened = ChangeStore::openNow(folder.filePath(u"changes.sqlite"_s), {1, {}, {}, {}});
    auto journal = Journal::open(folder.filePath(u"journal.sqlite"_s), rig.clock, Secret());
    if (!opened || !journal)
        giveUp(u"No files can be made."_s);
    QObject parent;
    ChangeSet changes;
    changes.keepIn(*opened);
    opened->store.reset();
    Masking masking;
    const PortalNames names(masking, nullptr);
    ChangesModel model(changes, names, nullptr);
    model.setListsCells(true);
    QTreeView view;
    show(view, model);

    QJsonObject line {{u"benchmark"_s, u"stagedRows"_s}, {u"rows"_s, count}};
    const auto measure = [&line](const QString &name, const std::function<void()> &begin,
                                 const std::function<bool()> &isDone) {
        line.insert(name, timed(begin, isDone));
    };
    const auto isIdle = [&changes] { return !changes.isBusy(); };
    std::vector<RowChange> rows = edits(rig, count);
    line.insert(u"residentMbBefore"_s, rounded(residentMb()));
    measure(
        u"stage"_s,
        [&] { (void)changes.addRows(std::move(rows), Adding::Merge, u"edit"_s, &parent); }, isIdle);
    waitUntil([&] { return changes.isSaved(); });
    line.insert(u"residentMb"_s, rounded(residentMb()));
    measure(
        u"undo"_s, [&] { changes.undo(); }, isIdle);
    measure(
        u"redo"_s, [&] { changes.redo(); }, isIdle);
    int page = 0;
    measure(
        u"review"_s, [] {},
        [&] {
            view.scrollTo(model.index(page * (count / 100), 0, {}));
            view.viewport()->repaint();
            return ++page == 100;
        });
    measure(
        u"editOne"_s, [&] { changes.revertRow(ObjectType::Contacts, changes.at(0).id); },
        [] { return true; });

    bool applied = false;
    measure(
        u"apply"_s, [&] { startApplying(rig, changes, **journal, count - 1, applied); },
        [&] { return applied; });
    line.insert(u"residentMbApplied"_s, rounded(residentMb()));
    measure(
        u"clearApplied"_s, [&] { changes.removeApplied(); }, isIdle);
    line.insert(u"residentMbAtEnd"_s, rounded(residentMb()));
    print(line);
    return 0;
}
