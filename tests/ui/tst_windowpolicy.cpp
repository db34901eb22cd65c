// SPDX-License-Identifier: MIT
#include "changes/changefileactions.h"
#include "changes/changesdock.h"
#include "changes/set/changesfile.h"
#include "connect/connectiondialog.h"
#include "connect/writemodedialog.h"
#include "policy/signerkey.h"
#include "testkit/outcomeof.h"
#include "testkit/policyinplace.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QAction>
#include <QCheckBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

PortalLimits someLimits()
{
    PortalLimits limits;
    limits.file = u"/p.json"_s;
    limits.mode = {WriteMode::ReviewRequired, {u"portals[0].mode"_s, 4}};
    limits.mostRows = {10, {u"portals[0].mostRows"_s, 5}};
    limits.mostArchives = {3, {u"portals[0].mostArchives"_s, 6}};
    limits.noArchiving = {u"portals[1].archiving"_s, 9};
    limits.protectedProperties = {{u"email"_s, {u"portals[0].protectedProperties"_s, 7}}};
    return limits;
}

Connection sandbox()
{
    Connection connection;
    connection.id = u"c"_s;
    connection.label = u"Sandbox"_s;
    connection.kind = ConnectionKind::Sandbox;
    connection.policy.mode = WriteMode::Free;
    connection.policy.mostRows = 0;
    connection.policy.mostPercent = 7;
    connection.policy.mostArchives = 2;
    return connection;
}

SaveConnection nothingSaved()
{
    return [](const Connection &, const Connection &) { return Result<void>(); };
}

} // namespace

/// The policy file in the window: what is locked, and why; who has signed a file.
class TestWindowPolicy final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void looserModesAreLocked();
    void limitsAreLocked();
    void maskingIsForced();
    void aDamagedFileIsSafe();
    void practiceIsExempt();
    void signsAndShowsSignatures();
};

void TestWindowPolicy::looserModesAreLocked()
{
    WriteModeDialog dialog(sandbox(), nothingSaved(), nullptr);
    dialog.lock(someLimits());
    const auto button = [&](WriteMode mode) {
        return dialog.findChild<QRadioButton *>(nameOf(mode));
    };
    QVERIFY(!button(WriteMode::Free)->isEnabled());
    QVERIFY(!button(WriteMode::Confirm)->isEnabled());
    QVERIFY(button(WriteMode::ReviewRequired)->isEnabled());
    QVERIFY(button(WriteMode::ReadOnly)->isEnabled());
    QVERIFY(button(WriteMode::Free)->toolTip().contains(u"/p.json (portals[0].mode, line 4)"_s));
    QCOMPARE(button(WriteMode::Free)->accessibleDescription(), button(WriteMode::Free)->toolTip());
    QCOMPARE(dialog.mode(), WriteMode::ReviewRequired);
    QVERIFY(dialog.findChild<MessageBar *>()->accessibleDescription().contains(u"/p.json"_s));
}

void TestWindowPolicy::limitsAreLocked()
{
    ConnectionDialog dialog(sandbox(), nothingSaved(), nullptr);
    dialog.lock(someLimits());
    const auto box = [&](const QString &name) { return dialog.findChild<QSpinBox *>(name); };
    QVERIFY(!box(u"mostRows"_s)->isEnabled());
    QCOMPARE(box(u"mostRows"_s)->value(), 10);
    QVERIFY(box(u"mostRows"_s)->toolTip().contains(u"portals[0].mostRows, line 5"_s));
    QVERIFY(box(u"mostPercent"_s)->isEnabled()); // No rule.
    QVERIFY(!dialog.findChild<QCheckBox *>(u"archives"_s)->isEnabled());
    QVERIFY(!dialog.findChild<QCheckBox *>(u"archives"_s)->isChecked());
    QVERIFY(dialog.findChild<QLineEdit *>(u"protected"_s)->toolTip().contains(u"email"_s));
    // Saving another setting changes none of the connection's own.
    dialog.findChild<QLineEdit *>(u"label"_s)->setText(u"Other"_s);
    const Connection after = dialog.connection();
    QCOMPARE(after.policy.mostRows, 0);
    QCOMPARE(after.policy.mostArchives, 2);
    QVERIFY(after.policy.archiveAllowed);
    QCOMPARE(after.label, u"Other"_s);
}

void TestWindowPolicy::maskingIsForced()
{
    HUBKEEPER_NEEDS_POLICY("tst_windowpolicy");
    QVERIFY(policy.setMembers("\"masking\": true"));
    WindowRig rig;
    auto *mask = rig.window->findChild<QAction *>(u"maskPersonalData"_s);
    QVERIFY(mask);
    QVERIFY(mask->isChecked());
    QVERIFY(!mask->isEnabled());
    QVERIFY2(mask->toolTip().contains(u"/etc/hubkeeper/policy.json (masking, line 2)"_s),
             qPrintable(mask->toolTip()));
    QVERIFY(rig.window->masking().isOn());
    QVERIFY(policy.setMembers({}));
    QEvent activated(QEvent::WindowActivate);
    QCoreApplication::sendEvent(rig.window.get(), &activated);
    QVERIFY(mask->isEnabled());
    QVERIFY(!mask->isChecked()); // As the user had it.
}

void TestWindowPolicy::aDamagedFileIsSafe()
{
    HUBKEEPER_NEEDS_POLICY("tst_windowpolicy");
    QVERIFY(policy.set("{"));
    WindowRig rig;
    auto *mask = rig.window->findChild<QAction *>(u"maskPersonalData"_s);
    QVERIFY(mask->isChecked() && !mask->isEnabled());
    QVERIFY2(mask->toolTip().contains(u"damaged"_s), qPrintable(mask->toolTip()));
}

void TestWindowPolicy::practiceIsExempt()
{
    HUBKEEPER_NEEDS_POLICY("tst_windowpolicy");
    QVERIFY(policy.setMembers("\"masking\": true, \"portals\": [{\"mode\": \"read-only\"}]"));
    WindowRig rig;
    QVERIFY(rig.openPractice());
    auto *mask = rig.window->findChild<QAction *>(u"maskPersonalData"_s);
    QVERIFY(mask->isEnabled() && !mask->isChecked());
    QVERIFY(rig.session().currentPolicy()->limits.file.isEmpty());
    // The same portal under another kind is not.
    Connection other = *rig.window->keeper().connection();
    other.kind = ConnectionKind::Sandbox;
    QVERIFY(rig.window->keeper().change(*rig.window->keeper().connection(), other));
    QVERIFY(!mask->isEnabled() && mask->isChecked());
}

void TestWindowPolicy::signsAndShowsSignatures()
{
    HUBKEEPER_NEEDS_POLICY("tst_windowpolicy");
    WindowRig rig;
    QVERIFY(rig.openPractice());
    auto *dock = rig.window->findChild<ChangesDock *>();
    QVERIFY(dock->files()->signAction()->isEnabled());
    const SignerKey key = newSignerKey();
    QVERIFY(policy.setMembers(R"("portals": [{"signatures": 1}], "trustedKeys": [{"name": "Desk",)"
                              R"( "key": ")"
                              + key.publicKey.toBase64() + R"(", "accounts": ["desk"]}])"));
    QTRY_VERIFY(rig.session().changes().binding().portalId != 0);
    RowChange row;
    row.id = u"1"_s;
    row.label = u"One"_s;
    row.cells = {{u"city"_s, {u"a"_s, u"b"_s}}};
    ChangesHeader header = headerFor(rig.session().changes().binding());
    header.author = u"the-author"_s;
    const QString path = rig.folder.filePath(u"c.jsonl"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(changesToLines(header, {row}));
    file.close();
    auto *message = dock->findChild<MessageBar *>();
    rig.window->showPlace({PageId::Changes, {}});

    dock->files()->signFile(path);
    const auto detail = [message] { return message->accessibleDescription(); };
    QTRY_VERIFY2(detail().contains(u"no signing key"_s), qPrintable(detail()));
    dock->files()->openFile(path);
    QTRY_VERIFY2(message->text().contains(u"Nobody has signed"_s), qPrintable(message->text()));
    rig.session().changes().revertAll();
    QTRY_VERIFY(rig.session().changes().isEmpty());

    const auto unsignedFile = readChangesFile(path);
    const auto made =
        signedBy(key.seed, unsignedFile->contents->digest(), QDateTime::currentDateTimeUtc());
    QVERIFY(addSignature(path, *made));
    dock->files()->openFile(path);
    QTRY_VERIFY2(detail().contains(u"Signed by Desk"_s), qPrintable(detail()));
    QCOMPARE(message->kind(), MessageBar::Good);
    QVERIFY(rig.session().changes().signedAs());
}

HUBKEEPER_WINDOW_TEST(TestWindowPolicy)
#include "tst_windowpolicy.moc"
