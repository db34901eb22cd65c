// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <signal.h>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString other = u"150000000002"_s;

QString script(const QString &city)
{
    return u"connector.update('contact', '%1', {city: '%3'});"
           "connector.update('contact', '%2', {city: '%3'}); 1"_s.arg(firstContact, other, city);
}

} // namespace

/// Change set files on the command line, and the question before anything is sent.
class TestCliChanges : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void aScriptIsReviewedAndSent();
    void checkSendsNothing();
    void aChangedRecordIsAConflict();
    void aFileOfAnotherPortalIsRefused();
    void theFirstRowsAndTheResult();
    void showsAndAsksForWhatItSends();
    void checkSeesTakenAddresses();
    void namesWhatHelps();
    void damagedFiles();
    void needsAnAnswer_data();
    void needsAnAnswer();
    void readOnlyNamesTheCommand();
    void discardAsksAboutWhatIsNotSent();

private:
    Ended run(const QStringList &arguments, const QByteArray &input = {})
    {
        return m_program.run(arguments, input);
    }
    void setMode(const QString &mode)
    {
        QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, mode}).code, 0);
    }
    [[nodiscard]] QString city(const QString &id)
    {
        return run({u"get"_s, m_file, u"contact"_s, id, u"--fields"_s, u"city"_s, u"--json"_s})
            .json()["city"_L1]
            .toString();
    }
    /// A change set of two updates.
    [[nodiscard]] QString saved(const QString &wanted)
    {
        const Ended dry = run({u"script"_s, m_file, u"--source"_s, script(wanted), u"--dry-run"_s,
                               u"--save-changes"_s, m_program.path(u"set.jsonl"_s), u"--json"_s});
        return dry.code == 0 && dry.json()["changes"_L1]["staged"_L1].toInt() == 2
            ? m_program.path(u"set.jsonl"_s)
            : QString();
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
};

void TestCliChanges::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program);
    QVERIFY(m_practice->isServing());
    m_file = m_program.path(u"p.json"_s);
}

void TestCliChanges::init()
{
    setMode(u"review"_s);
}

/// The way that write mode review asks for.
void TestCliChanges::aScriptIsReviewedAndSent()
{
    const QString before = city(firstContact);
    const Ended refused = run({u"script"_s, m_file, u"--source"_s, script(u"Thun"_s), u"--yes"_s});
    QCOMPARE(refused.code, 7);
    QVERIFY2(refused.err.contains("--save-changes"), refused.err);
    const QString set = saved(u"Thun"_s);
    QVERIFY(!set.isEmpty());
    QCOMPARE(city(firstContact), before);

    const Ended shown = run({u"changes"_s, u"show"_s, set});
    QCOMPARE(shown.code, 0);
    QVERIFY2(shown.out.contains("Thun") && shown.out.contains(before.toUtf8()), shown.out);
    const Ended json = run({u"changes"_s, u"show"_s, set, u"--json"_s});
    QCOMPARE(json.json()["rows"_L1].toArray().size(), 2);
    QCOMPARE(json.json()["portalId"_L1], m_practice->announced()["portalId"_L1]);

    const Ended asked = run({u"changes"_s, u"apply"_s, m_file, set});
    QCOMPARE(asked.code, 7);
    QVERIFY2(asked.err.contains("--yes"), asked.err);
    const Ended sent = run(
        {u"changes"_s, u"apply"_s, m_file, set, u"--yes"_s, u"--json"_s, u"--note"_s, u"cities"_s});
    QVERIFY2(sent.code == 0, sent.err);
    QCOMPARE(sent.json()["applied"_L1].toInt(), 2);
    QCOMPARE(city(firstContact), u"Thun"_s);
    QCOMPARE(city(other), u"Thun"_s);
    const QString runId = sent.json()["run"_L1].toString();
    QCOMPARE(run({u"journal"_s, u"revert"_s, m_file, runId, u"--yes"_s}).code, 0);
    QCOMPARE(city(firstContact), before);
}

void TestCliChanges::checkSendsNothing()
{
    const QString set = saved(u"Biel"_s);
    const Ended checked = run({u"changes"_s, u"check"_s, m_file, set, u"--json"_s});
    QVERIFY2(checked.code == 0, checked.err);
    QCOMPARE(checked.json()["sendable"_L1].toInt(), 2);
    QVERIFY(city(firstContact) != u"Biel"_s);
}

void TestCliChanges::aChangedRecordIsAConflict()
{
    const QString set = saved(u"Chur"_s);
    setMode(u"free"_s);
    QCOMPARE(run({u"update"_s, m_file, u"contact"_s, firstContact, u"--set"_s, u"city=Zug"_s}).code,
             0);
    const Ended sent = run({u"changes"_s, u"apply"_s, m_file, set, u"--json"_s});
    QCOMPARE(sent.code, 5);
    QCOMPARE(sent.json()["applied"_L1].toInt(), 1);
    QCOMPARE(sent.json()["conflicting"_L1].toInt(), 1);
    QVERIFY2(sent.err.contains("is now \"Zug\""), sent.err);
    QCOMPARE(city(firstContact), u"Zug"_s);
}

void TestCliChanges::aFileOfAnotherPortalIsRefused()
{
    const QString set = saved(u"Olten"_s);
    QByteArray text = m_program.content(u"set.jsonl"_s);
    text.replace(QByteArray::number(m_practice->announced()["portalId"_L1].toInteger()), "99");
    m_program.write(u"set.jsonl"_s, text);
    const Ended refused = run({u"changes"_s, u"apply"_s, m_file, set, u"--yes"_s});
    QCOMPARE(refused.code, 7);
    QVERIFY2(refused.err.contains("99"), refused.err);
    QVERIFY(city(firstContact) != u"Olten"_s);
}

void TestCliChanges::theFirstRowsAndTheResult()
{
    const QString set = saved(u"Wil"_s);
    const Ended trial = run({u"changes"_s, u"apply"_s, m_file, set, u"--yes"_s, u"--first"_s,
                             u"1"_s, u"--result"_s, m_program.path(u"rest.jsonl"_s), u"--json"_s});
    QVERIFY2(trial.code == 0, trial.err);
    QCOMPARE(trial.json()["applied"_L1].toInt(), 1);
    const Ended rest = run({u"changes"_s, u"apply"_s, m_file, m_program.path(u"rest.jsonl"_s),
                            u"--yes"_s, u"--json"_s});
    QVERIFY2(rest.code == 0, rest.err);
    QCOMPARE(rest.json()["applied"_L1].toInt(), 1);
    QCOMPARE(city(firstContact), u"Wil"_s);
    QCOMPARE(city(other), u"Wil"_s);
    const Ended again = run(
        {u"changes"_s, u"apply"_s, m_file, m_program.path(u"rest.jsonl"_s), u"--first"_s, u"0"_s});
    QCOMPARE(again.code, 2);
}

/// Not for the archive in a later row, nor for rows that were sent before.
void TestCliChanges::showsAndAsksForWhatItSends()
{
    setMode(u"free"_s);
    const QString set = m_program.path(u"set.jsonl"_s);
    const QString source =
        script(u"Lugano"_s).chopped(1) + u"connector.remove('contact', '150000000007'); 1"_s;
    const Ended dry =
        run({u"script"_s, m_file, u"--source"_s, source, u"--dry-run"_s, u"--save-changes"_s, set});
    QVERIFY2(dry.code == 0, dry.err);
    const QString rest = m_program.path(u"rest.jsonl"_s);
    const Ended trial =
        run({u"changes"_s, u"apply"_s, m_file, set, u"--first"_s, u"2"_s, u"--result"_s, rest});
    QVERIFY2(trial.code == 0, trial.err);
    QVERIFY2(trial.err.count("Lugano") == 2 && !trial.err.contains("archive "), trial.err);
    QCOMPARE(city(other), u"Lugano"_s);

    const Ended asked = run({u"changes"_s, u"apply"_s, m_file, rest});
    QCOMPARE(asked.code, 7);
    QVERIFY2(asked.err.contains("archive ") && !asked.err.contains("Lugano"), asked.err);
    const Ended last = run({u"changes"_s, u"apply"_s, m_file, rest, u"--yes"_s, u"--json"_s});
    QVERIFY2(last.code == 0, last.err);
    QCOMPARE(last.json()["applied"_L1].toInt(), 1);
}

/// As the run would refuse them.
void TestCliChanges::checkSeesTakenAddresses()
{
    setMode(u"free"_s);
    const QString set = m_program.path(u"set.jsonl"_s);
    const Ended dry = run({u"script"_s, m_file, u"--source"_s,
                           u"connector.create('contact', {email: 'fresh@example.com'}); 1"_s,
                           u"--dry-run"_s, u"--save-changes"_s, set});
    QVERIFY2(dry.code == 0, dry.err);
    const QByteArray taken =
        run({u"get"_s, m_file, u"contact"_s, firstContact, u"--fields"_s, u"email"_s, u"--json"_s})
            .json()["email"_L1]
            .toString()
            .toUtf8();
    m_program.write(u"set.jsonl"_s,
                    m_program.content(u"set.jsonl"_s).replace("fresh@example.com", taken));
    const Ended checked = run({u"changes"_s, u"check"_s, m_file, set, u"--json"_s});
    QCOMPARE(checked.json()["failed"_L1].toInt(), 1);
    QVERIFY2(checked.err.contains(firstContact.toLatin1()), checked.err);
    const Ended sent = run({u"changes"_s, u"apply"_s, m_file, set, u"--json"_s});
    QCOMPARE(checked.code, sent.code);
    QVERIFY(sent.code != 0);
}

void TestCliChanges::namesWhatHelps()
{
    const Ended asked = run({u"changes"_s, u"apply"_s, m_file, saved(u"Sursee"_s)});
    QCOMPARE(asked.code, 7);
    QVERIFY2(asked.err.contains("changes check") && !asked.err.contains("--dry-run"), asked.err);
    const Ended missing = run({u"changes"_s, u"show"_s, m_program.path(u"missing.jsonl"_s)});
    QCOMPARE(missing.code, 2);
    QVERIFY2(missing.err.contains("change set file"), missing.err);
}

void TestCliChanges::damagedFiles()
{
    const QString set = saved(u"Sion"_s);
    m_program.write(u"set.jsonl"_s, m_program.content(u"set.jsonl"_s) + "{\"kind\": 1}\n");
    const Ended refused = run({u"changes"_s, u"apply"_s, m_file, set, u"--yes"_s});
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains("ine 4"), refused.err);
    QCOMPARE(run({u"changes"_s, u"show"_s, m_program.path(u"none.jsonl"_s)}).code, 2);
    QCOMPARE(run({u"changes"_s, u"list"_s, u"--json"_s}).code, 0);
    QCOMPARE(run({u"changes"_s, u"show"_s, m_file}).code, 1); // Nothing is staged.
}

void TestCliChanges::needsAnAnswer_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<int>("code");
    QTest::newRow("confirm, yes") << u"confirm"_s << u"y"_s << 0;
    QTest::newRow("confirm, no") << u"confirm"_s << u"n"_s << 7;
    QTest::newRow("review, yes") << u"review"_s << u"yes"_s << 0;
    QTest::newRow("review, nothing") << u"review"_s << u""_s << 7;
    QTest::newRow("free") << u"free"_s << u""_s << 0;
}

/// At a terminal; without one, --yes is named.
void TestCliChanges::needsAnAnswer()
{
    QFETCH(const QString, mode);
    QFETCH(const QString, answer);
    QFETCH(const int, code);
    setMode(mode);
    const QString wanted = u"City %1 %2"_s.arg(mode, answer);
    const QStringList update {u"update"_s, m_file,     u"contact"_s,
                              other,       u"--set"_s, u"city="_s + wanted};
    if (mode != "free"_L1) {
        const Ended silent = run(update);
        QCOMPARE(silent.code, 7);
        QVERIFY2(silent.err.contains("--yes"), silent.err);
    }
    QStringList quoted;
    for (const QString &word : update)
        quoted.append(u'\'' + word + u'\'');
    QProcess terminal; // script gives it one.
    m_program.prepare(terminal, {});
    terminal.setProgram(u"script"_s);
    terminal.setArguments(
        {u"-qefc"_s, QStringLiteral(HUBKEEPER_CLI) + u' ' + quoted.join(u' '), u"/dev/null"_s});
    terminal.start();
    if (!terminal.waitForStarted())
        QSKIP("script (util-linux) is not installed");
    terminal.write(answer.toUtf8() + '\n');
    terminal.closeWriteChannel();
    const Ended ended = Program::ended(terminal);
    QVERIFY2(ended.code == code, ended.out + ended.err);
    QCOMPARE(ended.out.contains("[y/N]"), mode != "free"_L1);
    QCOMPARE(city(other) == wanted, code == 0);
}

void TestCliChanges::readOnlyNamesTheCommand()
{
    setMode(u"read-only"_s);
    for (const QString &more : {u"--yes"_s, u"--dry-run"_s}) {
        const Ended refused = run(
            {u"update"_s, m_file, u"contact"_s, firstContact, u"--set"_s, u"city=Brig"_s, more});
        QCOMPARE(refused.code, 7);
        QVERIFY2(refused.err.contains("connections set"), refused.err);
    }
}

/// Rows that were applied are in HubSpot: nothing of them can be dropped.
void TestCliChanges::discardAsksAboutWhatIsNotSent()
{
    setMode(u"free"_s);
    m_program.write(u"two.csv"_s, "email,city\na@discard.example,Bern\nb@discard.example,Bern\n");
    const QStringList import {u"import"_s, u"two.csv"_s,  u"--connection"_s,
                              m_file,      u"--object"_s, u"contact"_s};
    const QStringList discard {u"changes"_s, u"discard"_s, m_file, u"--json"_s};
    const Ended staged = run(import);
    QCOMPARE(staged.code, 0);
    QVERIFY2(staged.err.contains("changes apply " + m_file.toUtf8()), staged.err);
    QCOMPARE(run(discard).code, 7);
    QCOMPARE(run({u"changes"_s, u"apply"_s, m_file, u"--yes"_s}).code, 0);
    const Ended done = run(discard);
    QVERIFY2(done.code == 0, done.out + done.err);
    QCOMPARE(done.json()["dropped"_L1], 0);
    QCOMPARE(done.json()["applied"_L1], 2);
}

HUBKEEPER_TEST(TestCliChanges)
#include "tst_clichanges.moc"
