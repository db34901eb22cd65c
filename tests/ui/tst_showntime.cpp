// SPDX-License-Identifier: MIT
#include "base/qtcompat.h"
#include "testkit/testprogram.h"
#include "testkit/warnings.h"
#include "widgets/showntime.h"

#include <QDirIterator>
#include <QFile>
#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Moments in the window, wherever they are from: one form, and the time of this computer.
class TestShownTime final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { failOnUnexpectedWarnings(); }
    void cleanupTestCase();
    void isLocal();
    void ofTodayIsTheTimeAlone();
    void sentencesOfTheCore_data();
    void sentencesOfTheCore();
    void readsTypedDays();
    void nobodyElseMakesDates();

private:
    QByteArray m_zone;
};

void TestShownTime::initTestCase()
{
    m_zone = qgetenv("TZ");
    qputenv("TZ", "IST-5:30"); // Half an hour shows a zone that was forgotten.
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestShownTime::cleanupTestCase()
{
    qputenv("TZ", m_zone);
    QLocale::setDefault(QLocale::system());
}

void TestShownTime::isLocal()
{
    const QDateTime moment(QDate(2024, 11, 29), QTime(20, 24), hubkeeper::utc);

    QCOMPARE(shownTime(moment), u"30/11/2024 01:54"_s);
    QCOMPARE(shownSoon(moment), u"30/11/2024 01:54"_s);
    QCOMPARE(shownDay(QDate(2026, 11, 29)), u"29/11/2026"_s);
    QCOMPARE(shownTime(QDateTime()), QString());
}

void TestShownTime::ofTodayIsTheTimeAlone()
{
    const QDateTime noon(QDate::currentDate(), QTime(12, 5));

    QCOMPARE(shownSoon(noon.toUTC()), u"12:05"_s);
}

void TestShownTime::sentencesOfTheCore_data()
{
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("shown");
    QTest::newRow("a moment") << u"Granted, valid until 2026-11-29T08:24:42Z. Scopes: oauth."_s
                              << u"Granted, valid until 29/11/2026 13:54. Scopes: oauth."_s;
    QTest::newRow("milliseconds") << u"At 2026-11-29T08:24:42.123Z."_s << u"At 29/11/2026 13:54."_s;
    QTest::newRow("a day") << u"It ends on 2027-02-16: 79 days are left."_s
                           << u"It ends on 16/02/2027: 79 days are left."_s;
    QTest::newRow("both") << u"2027-02-16, 2026-11-29T08:24:42Z"_s
                          << u"16/02/2027, 29/11/2026 13:54"_s;
    for (const QString &kept :
         {u"“2026-11-29T08:24:42Z” is not a number."_s, u"name is \"2026-11-29\"."_s,
          u"/backup/2026-11-29/file.json is not there."_s, u"backup-2026-11-29.json"_s,
          u"API version 2026-09."_s, u"2026-13-45 is not a day."_s, u"Nothing."_s, QString()})
        QTest::addRow("kept: %s", qPrintable(kept)) << kept << kept;
}

void TestShownTime::sentencesOfTheCore()
{
    QFETCH(QString, sentence);
    QFETCH(QString, shown);

    QCOMPARE(withShownTimes(sentence), shown);
}

void TestShownTime::readsTypedDays()
{
    const QDate day(2026, 11, 5);
    QCOMPARE(typedDay(shownDay(day)), day);
    QCOMPARE(typedDay(QLocale().toString(day, QLocale::LongFormat)), day);
    QCOMPARE(typedDay(u"2026-11-05"_s), day);
    QVERIFY(!typedDay(u"some day"_s).isValid());
    QVERIFY(!typedDay(u"2026-02-30"_s).isValid());
}

/// One function makes dates for people, so that no two places differ.
void TestShownTime::nobodyElseMakesDates()
{
    QStringList others;
    QDirIterator files(QStringLiteral(HUBKEEPER_SOURCE_DIR "/ui"), {u"*.cpp"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray source = file.readAll();
        if (source.contains("ShortFormat") || source.contains("LongFormat"))
            others.append(file.fileName().section(u'/', -1));
    }

    QCOMPARE(others, QStringList {u"showntime.cpp"_s});
}

HUBKEEPER_TEST(TestShownTime)
#include "tst_showntime.moc"
