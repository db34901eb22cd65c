// SPDX-License-Identifier: MIT
#include "provisioner/document/document.h"
#include "provisioner/document/draftfile.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// Unsaved edits survive, secrets do not.
class TestDraftFile : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void comesBackAfterACrash();
    void isPrivateAndHoldsNoSecret_data();
    void isPrivateAndHoldsNoSecret();
    void takesSecretsFromTheFile();
    void noticesThatTheFileChanged();
    void isLeftToTheProgramThatCameFirst();
    void refusesADamagedOne();

private:
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"drafts"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestDraftFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"provisioner.openicf-hubspot.json"_s);
}

void TestDraftFile::comesBackAfterACrash()
{
    const QByteArray saved = R"({"enabled": true})";
    const QByteArray edited = R"({"enabled": false, "oops)";
    {
        DraftFile draft(folder(), m_file);
        QVERIFY(draft.write(JsonText(edited), saved));
    }
    const DraftFile next(folder(), m_file);
    const auto found = next.read(saved);
    QVERIFY(found && *found);
    QCOMPARE(restored(**found, JsonText(saved)).text, edited);
    QVERIFY(!(*found)->fileChanged);
    QVERIFY((*found)->written.secsTo(QDateTime::currentDateTime()) < 3600);
    const DraftFile other(folder(), m_folder->filePath(u"other.json"_s));
    QCOMPARE(other.read(saved)->has_value(), false);
}

void TestDraftFile::isPrivateAndHoldsNoSecret_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << R"({"configurationProperties": {"clientSecret": "hunter2-x"}})"_ba;
    QTest::newRow("twice")
        << R"({"configurationProperties": {"refreshToken": "hunter2-x", "refreshToken": "b"}})"_ba;
    QTest::newRow("misplaced") << R"({"refreshToken": "hunter2-x"})"_ba;
    QTest::newRow("no JSON, key and value")
        << R"({"configurationProperties": {"clientSecret": "hunter2-x" "a" })"_ba;
    QTest::newRow("no JSON, open string")
        << R"({"configurationProperties": {"clientSecret": "hunter2-x)"_ba;
    QTest::newRow("no JSON, no quotes") << R"({"a" "clientSecret": hunter2-x)"_ba;
}

void TestDraftFile::isPrivateAndHoldsNoSecret()
{
    QFETCH(QByteArray, text);
    DraftFile draft(folder(), m_file);
    QVERIFY(draft.write(JsonText(text), "{}"));

    QFile file(draft.path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.permissions()
                 & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    const auto found = draft.read("{}");
    QVERIFY(found && *found);
    QVERIFY2(!(*found)->text.contains("hunter2"), (*found)->text.constData());
    QVERIFY(!file.readAll().contains("hunter2"));
}

void TestDraftFile::takesSecretsFromTheFile()
{
    const QByteArray saved =
        R"({"configurationProperties": {"clientId": "a", "clientSecret": "hunter2-x"}})";
    const QByteArray edited =
        R"({"configurationProperties": {"clientId": "b", "clientSecret": "hunter2-x", )"
        R"("refreshToken": "typed-later"}})";
    DraftFile draft(folder(), m_file);
    QVERIFY(draft.write(JsonText(edited), saved));
    const RestoredText back = restored(**draft.read(saved), JsonText(saved));
    QCOMPARE(back.text,
             R"({"configurationProperties": {"clientId": "b", "clientSecret": "hunter2-x", )"
             R"("refreshToken": null}})"_ba);
    QCOMPARE(back.lostSecrets, 1);
}

void TestDraftFile::noticesThatTheFileChanged()
{
    DraftFile draft(folder(), m_file);
    QVERIFY(draft.write(JsonText("{}"), "{ }"));
    QVERIFY(!(*draft.read("{ }"))->fileChanged);
    QVERIFY((*draft.read("{  }"))->fileChanged);
    draft.remove();
    QCOMPARE(draft.read("{ }")->has_value(), false);
}

void TestDraftFile::isLeftToTheProgramThatCameFirst()
{
    DraftFile first(folder(), m_file);
    QVERIFY(first.write(JsonText("{}"), "{ }"));
    DraftFile second(folder(), m_file);
    QVERIFY(second.isTaken());
    QCOMPARE(second.read("{ }")->has_value(), false);
    second.remove();
    QVERIFY(first.read("{ }")->has_value());
}

void TestDraftFile::refusesADamagedOne()
{
    DraftFile draft(folder(), m_file);
    QVERIFY(draft.write(JsonText("{}"), "{ }"));
    QFile file(draft.path());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("{\"format\": \"hubkeeper-draft\", \"version\": 1, \"text\": \"???\"}");
    file.close();
    const auto found = draft.read("{ }");
    QVERIFY(!found);
    QCOMPARE(found.error().kind, ErrorKind::InvalidInput);
}

HUBKEEPER_TEST(TestDraftFile)
#include "tst_draftfile.moc"
