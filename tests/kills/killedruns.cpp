// SPDX-License-Identifier: MIT
// Kills programs that apply changes, again and again, and looks whether anything was lost or done
// twice. Prints one line of JSON; not part of ctest.
//   killed_runs [KILLS]      default 500
// The program starts itself as the one to be killed: a session on the practice portal that stages
// a round of edits (updates, contacts and companies to be created), applies them, stages the next
// round, and takes up what a killed one left.
#include "practice/server/practicethread.h"
#include "secrets/secretstore.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "session/writing/applychanges.h"
#include "session/writing/keepchanges.h"
#include "testkit/outcomeof.h"
#include "testkit/quickclock.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>
#include <signal.h>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int updatesPerRound = 8;
constexpr int createsPerRound = 6; // Of each type.
constexpr qint64 firstContact = 150'000'000'001;
constexpr int patienceMs = 60'000;

QString companyOf(int round, int number)
{
    return u"Round %1 company %2"_s.arg(round).arg(number);
}

QString emailOf(int round, int number)
{
    return u"round%1.number%2@example.com"_s.arg(round).arg(number);
}

[[noreturn]] void giveUp(const QString &why)
{
    std::fprintf(stderr, "%s\n", qPrintable(why));
    std::exit(1);
}

/// A session as a program opens it, on the files of one folder.
class Worker
{
public:
    Worker(const QString &folder, const QStringList &portal)
        : m_folder(folder)
        , m_paths(Paths::below(folder))
    {
        SessionParts parts;
        parts.connection.id = u"practice"_s;
        parts.connection.label = u"Practice"_s;
        parts.connection.kind = ConnectionKind::Practice;
        parts.connection.policy.mode = WriteMode::Free;
        parts.provisioner = std::make_shared<ProvisionerFacts>();
        parts.transport.base = QUrl(portal[0]);
        parts.permitsPerSecond = 1000;
        parts.credentials = {portal[1], Secret(portal[2].toUtf8()), Secret(portal[3].toUtf8())};
        auto journal = Journal::open(journalPath(m_paths), m_clock, Secret());
        if (!journal)
            giveUp(journal.error().sentence());
        parts.journal = std::move(*journal);
        m_session = std::make_unique<Session>(
            std::move(parts), SessionServices {m_clock, m_secrets, m_paths, m_budgets});
        const auto kept = outcomeOf(new KeepChanges(*m_session, &m_calls), patienceMs);
        if (!kept || !*kept || !(*kept)->takenBy.isEmpty())
            giveUp(u"The change set cannot be opened."_s);
    }

    /// Applies what waits; whether anything still does.
    [[nodiscard]] bool finishRound()
    {
        ChangeSet &changes = m_session->changes();
        for (int tries = 0; tries < 10 && changes.waiting() > 0; ++tries)
            (void)outcomeOf(applyChanges(*m_session, {}, &m_calls), patienceMs);
        if (changes.waiting() > 0) {
            for (const RowChange &row : changes.rows()) {
                if (row.error)
                    std::fprintf(stderr, "%s: %s\n", qPrintable(row.label),
                                 qPrintable(row.error->sentence()));
            }
            return false;
        }
        changes.removeApplied();
        return bool(outcomeOf(changes.flush(&m_calls), patienceMs));
    }

    /// A number is used once: a round that was killed before it was staged does not come again.
    void stageRound()
    {
        const int round = read(u"round"_s).toInt() + 1;
        write(u"round"_s, QByteArray::number(round));
        std::vector<RowChange> rows;
        for (int i = 0; i < updatesPerRound; ++i)
            rows.push_back(update(round, i));
        for (int i = 0; i < createsPerRound; ++i) {
            rows.push_back(create(ObjectType::Contacts, u"email"_s, emailOf(round, i)));
            rows.push_back(create(ObjectType::Companies, u"name"_s, companyOf(round, i)));
        }
        ChangeSet &changes = m_session->changes();
        (void)outcomeOf(changes.addRows(std::move(rows), Adding::Merge, u"round"_s, &m_calls));
        const auto flushed = outcomeOf(changes.flush(&m_calls), patienceMs);
        if (!flushed || !*flushed)
            giveUp(u"The round was not staged."_s);
        QFile staged(m_folder + u"/staged"_s); // Nothing of it may be lost from here on.
        if (!staged.open(QIODevice::Append | QIODevice::Unbuffered)
            || staged.write(QByteArray::number(round) + '\n') < 2)
            giveUp(u"No file can be written."_s);
    }

    [[nodiscard]] bool hasNothing() const { return m_session->changes().isEmpty(); }

private:
    [[nodiscard]] RowChange update(int round, int number)
    {
        RowChange row;
        row.id = QString::number(firstContact + number);
        row.label = row.id;
        ReadOptions options;
        options.properties = {u"jobtitle"_s};
        const auto now = outcomeOf(
            m_session->portal().read(ObjectType::Contacts, row.id, options, &m_calls), patienceMs);
        if (!now || !*now)
            giveUp(u"A contact cannot be read."_s);
        row.cells.insert(u"jobtitle"_s, {(*now)->text(u"jobtitle"_s), u"Round %1"_s.arg(round)});
        return row;
    }

    [[nodiscard]] RowChange create(ObjectType type, const QString &property, const QString &text)
    {
        RowChange row;
        row.type = type;
        row.kind = ChangeKind::Create;
        row.id = u"new-%1"_s.arg(++m_local);
        row.label = text;
        row.cells.insert(property, {QString(), text});
        return row;
    }

    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(m_folder + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder + u'/' + name + u".new"_s);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            giveUp(u"No file can be written."_s);
        file.close();
        (void)::rename(qPrintable(file.fileName()), qPrintable(m_folder + u'/' + name));
    }

    const QString m_folder;
    const Paths m_paths;
    QuickClock m_clock;
    MemorySecretStore m_secrets;
    BudgetRegistry m_budgets;
    QObject m_calls;
    std::unique_ptr<Session> m_session;
    int m_local = 0;
};

/// `once`: only what was left is finished.
int work(const QStringList &arguments)
{
    Worker worker(arguments[2], arguments.mid(3, 4));
    const bool once = arguments.value(7) == "once"_L1;
    std::printf("ready\n");
    std::fflush(stdout);
    while (worker.finishRound()) {
        if (once)
            return worker.hasNothing() ? 0 : 1;
        worker.stageRound();
    }
    return 1;
}

/// What the portal and the journal have to show for it.
class Verdict
{
public:
    Verdict(const QString &folder, practice::PracticeThread &portal, const QStringList &address)
        : m_folder(folder)
        , m_portal(portal)
    {
        SessionParts parts;
        parts.connection.id = u"verdict"_s;
        parts.provisioner = std::make_shared<ProvisionerFacts>();
        parts.transport.base = m_portal.url();
        parts.permitsPerSecond = 1000;
        parts.credentials = {address[1], Secret(address[2].toUtf8()), Secret(address[3].toUtf8())};
        parts.journal = *Journal::open(folder + u"/verdict.sqlite"_s, m_clock, Secret());
        m_session = std::make_unique<Session>(
            std::move(parts),
            SessionServices {m_clock, m_secrets, Paths::below(folder), m_budgets});
    }

    [[nodiscard]] QJsonObject json(int kills)
    {
        const QSet<int> staged = numbers(u"staged"_s);
        const QSet<int> begun = numbers(u"round"_s);
        const int last = begun.isEmpty() ? 0 : *begun.cbegin();
        int newest = 0; // That was applied.
        const QHash<QString, int> companies = count(ObjectType::Companies, u"name"_s);
        const QHash<QString, int> contacts = count(ObjectType::Contacts, u"email"_s);
        int lost = 0;
        int doubled = 0;
        for (int round = 1; round <= last; ++round) {
            int found = 0;
            for (int i = 0; i < createsPerRound; ++i) {
                for (const int times :
                     {companies.value(companyOf(round, i)), contacts.value(emailOf(round, i))}) {
                    found += times > 0 ? 1 : 0;
                    doubled += std::max(0, times - 1);
                }
            }
            // One may have been staged without being noted: all of it, or nothing.
            const bool wasStaged = staged.contains(round) || found > 0;
            newest = wasStaged ? round : newest;
            lost += wasStaged ? 2 * createsPerRound - found : 0;
        }
        const QHash<QString, int> titles = count(ObjectType::Contacts, u"jobtitle"_s);
        lost += newest == 0 ? 0 : updatesPerRound - titles.value(u"Round %1"_s.arg(newest));
        QJsonObject line {{u"kills"_s, kills},
                          {u"rounds"_s, staged.size()},
                          {u"rowsPerRound"_s, updatesPerRound + 2 * createsPerRound},
                          {u"lost"_s, lost},
                          {u"doubled"_s, doubled}};
        addJournal(line);
        return line;
    }

private:
    [[nodiscard]] QSet<int> numbers(const QString &name) const
    {
        QSet<int> all;
        QFile file(m_folder + u'/' + name);
        if (file.open(QIODevice::ReadOnly)) {
            for (const QByteArray &line : file.readAll().split('\n'))
                all.insert(line.toInt());
        }
        all.remove(0);
        return all;
    }

    [[nodiscard]] QHash<QString, int> count(ObjectType type, const QString &property)
    {
        QHash<QString, int> counts;
        ListOptions options;
        options.properties = {property};
        do {
            const auto page =
                outcomeOf(m_session->portal().list(type, options, &m_calls), patienceMs);
            if (!page || !*page)
                giveUp(u"The portal cannot be read."_s);
            for (const Record &record : (*page)->records)
                ++counts[record.text(property)];
            options.after = (*page)->after;
        } while (!options.after.isEmpty());
        return counts;
    }

    /// Each create has one run that applied it.
    void addJournal(QJsonObject &line)
    {
        const auto journal = Journal::open(journalPath(Paths::below(m_folder)), m_clock, Secret());
        const auto runs = journal ? (*journal)->runs() : tl::unexpected(journal.error());
        const auto verdict = journal ? (*journal)->verify() : tl::unexpected(journal.error());
        if (!runs || !verdict)
            giveUp(u"The journal cannot be read."_s);
        QHash<QString, int> applied;
        for (const JournalRun &run : *runs) {
            const auto rows = (*journal)->rows(run.id);
            for (const JournalRow &row : *rows) {
                if (row.kind == ChangeKind::Create && row.isApplied())
                    ++applied[row.label];
            }
        }
        const auto twice =
            std::count_if(applied.cbegin(), applied.cend(), [](int times) { return times > 1; });
        line.insert(u"runs"_s, runs->size());
        line.insert(u"journaledTwice"_s, qint64(twice));
        line.insert(u"journalAltered"_s, verdict->state == JournalState::Altered);
    }

    const QString m_folder;
    practice::PracticeThread &m_portal;
    SystemClock m_clock;
    MemorySecretStore m_secrets;
    BudgetRegistry m_budgets;
    QObject m_calls;
    std::unique_ptr<Session> m_session;
};

/// The rounds that were staged so far.
qsizetype roundsIn(const QString &folder)
{
    QFile file(folder + u"/staged"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
}

/// How long a program takes for two rounds from its start on this machine: kills that all come
/// before the first one would show nothing.
int millisecondsOfTwoRounds(QProcess &process, const QString &folder)
{
    QElapsedTimer timer;
    timer.start();
    while (roundsIn(folder) < 2) {
        if (timer.hasExpired(patienceMs) || process.state() == QProcess::NotRunning)
            giveUp(u"Nothing is staged."_s);
        QThread::msleep(5);
    }
    return int(timer.elapsed());
}

int killAndCount(int kills)
{
    QTemporaryDir folder;
    practice::PracticeOptions options;
    options.contacts = 50;
    options.companies = 5;
    options.indexDelay = std::chrono::milliseconds(0);
    options.limits = {0, 0, 0, 0, 0};
    options.latency = std::chrono::milliseconds(5);
    practice::PracticeThread portal(options);
    if (const auto started = portal.start(); !started)
        giveUp(started.error().sentence());
    const auto text = [](const Secret &secret) {
        return secret.withClearText([](std::string_view clear) {
            return QString::fromUtf8(clear.data(), qsizetype(clear.size()));
        });
    };
    const QStringList address {portal.url().toString(), portal.clientId(),
                               text(portal.clientSecret()), text(portal.refreshToken())};
    Verdict verdict(folder.path(), portal, address);
    const QStringList arguments = QStringList {u"work"_s, folder.path()} + address;
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    int longest = 0; // Milliseconds until a kill.
    for (int kill = 0; kill < kills; ++kill) {
        process.start(QCoreApplication::applicationFilePath(), arguments);
        if (!process.waitForReadyRead(patienceMs))
            giveUp(u"The program does not start."_s);
        if (kill == 0)
            longest = millisecondsOfTwoRounds(process, folder.path());
        QThread::msleep(QRandomGenerator::global()->bounded(longest));
        if (process.state() == QProcess::NotRunning)
            giveUp(u"The program ended by itself."_s);
        process.kill(); // SIGKILL.
        process.waitForFinished();
    }
    process.start(QCoreApplication::applicationFilePath(), arguments + QStringList {u"once"_s});
    if (!process.waitForFinished(600'000) || process.exitCode() != 0)
        giveUp(u"What was left was not finished."_s);
    QJsonObject line = verdict.json(kills);
    line.insert(u"longestMs"_s, longest);
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    const bool hadWork = line[u"runs"_s].toInt() >= kills / 20;
    const bool isGood = hadWork && line[u"lost"_s].toInt() == 0 && line[u"doubled"_s].toInt() == 0
        && line[u"journaledTwice"_s].toInt() == 0 && !line[u"journalAltered"_s].toBool();
    return isGood ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "work"_L1 && arguments.size() > 6)
        return work(arguments);
    return killAndCount(std::max(1, arguments.value(1, u"500"_s).toInt()));
}
