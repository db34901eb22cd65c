// SPDX-License-Identifier: MIT
#include "connect/certificatedialog.h"
#include "testkit/certificates.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedserver.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The certificate viewer over what real TLS servers showed.
class TestCertificateDialog : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void saysWhatForgivesAFault_data();
    void saysWhatForgivesAFault();
    void showsTheWholeChain();
    void aForgivenOneIsAWarning();

private:
    [[nodiscard]] CertificateReport reportOf(const Identity &identity, bool forgiving = false);

    Certificates m_certificates;
};

CertificateReport TestCertificateDialog::reportOf(const Identity &identity, bool forgiving)
{
    ScriptedServer server([](const WireRequest &) { return WireAnswer {}; },
                          identity.serverConfiguration());
    TransportOptions options;
    options.base = server.url();
    options.acceptSelfSignedCertificates = forgiving;
    QnamTransport transport(options);
    HttpRequest request;
    request.path = u"/"_s;
    (void)outcomeOf(transport.send(request, Secret(), this));
    return transport.lastCertificate().value_or(CertificateReport {});
}

void TestCertificateDialog::saysWhatForgivesAFault_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<int>("days");
    QTest::addColumn<QStringList>("forgivers");

    // clang-format off
    QTest::newRow("self-signed")  << u"IP:127.0.0.1"_s       << 30 << QStringList {u"acceptSelfSignedCertificates"_s};
    QTest::newRow("another host") << u"DNS:portal.example"_s << 30 << QStringList {u"acceptSelfSignedCertificates"_s, u"disableHostNameVerifier"_s};
    QTest::newRow("expired")      << u"IP:127.0.0.1"_s       << -1 << QStringList {u"acceptSelfSignedCertificates"_s, u"none"_s};
    // clang-format on
}

void TestCertificateDialog::saysWhatForgivesAFault()
{
    QFETCH(QString, names);
    QFETCH(int, days);
    QFETCH(QStringList, forgivers);
    const CertificateReport report = reportOf(m_certificates.server(
        QString::fromLatin1(QTest::currentDataTag()).remove(u' '), names, days, {}));
    QVERIFY(!report.chain.isEmpty());

    CertificateDialog dialog(report, nullptr);
    dialog.show();

    const auto *faults = dialog.findChild<QTreeWidget *>(u"faults"_s);
    QVERIFY(faults);
    QStringList found;
    for (int row = 0; row < faults->topLevelItemCount(); ++row) {
        found.append(faults->topLevelItem(row)->text(2));
        QCOMPARE(faults->topLevelItem(row)->text(1), u"not accepted"_s);
    }
    found.sort();
    forgivers.sort();
    QCOMPARE(found, forgivers);
    QVERIFY(dialog.findChild<MessageBar *>()->text().contains(u"refused"_s));
}

void TestCertificateDialog::showsTheWholeChain()
{
    const Identity root = m_certificates.authority(u"root"_s);
    Identity own =
        m_certificates.server(u"portal"_s, u"IP:127.0.0.1,DNS:localhost"_s, 30, u"root"_s);
    own.chain += root.chain;
    const CertificateReport report = reportOf(own);

    CertificateDialog dialog(report, nullptr);
    dialog.show();

    const auto *chain = dialog.findChild<QTreeWidget *>(u"chain"_s);
    QCOMPARE(chain->topLevelItemCount(), 2);
    const QTreeWidgetItem *first = chain->topLevelItem(0);
    QCOMPARE(first->text(0), u"portal"_s);
    QHash<QString, QString> facts;
    for (int row = 0; row < first->childCount(); ++row)
        facts.insert(first->child(row)->text(0), first->child(row)->text(1));
    QCOMPARE(facts.value(u"Issued by"_s), u"CN=root, O=Hubkeeper tests"_s);
    QCOMPARE(facts.value(u"Names"_s), u"127.0.0.1, localhost"_s);
    QCOMPARE(facts.value(u"Key"_s), u"EC, 256 bits"_s);
    QCOMPARE(facts.value(u"SHA-256"_s).remove(u'\n'),
             QString::fromLatin1(
                 own.chain.first().digest(QCryptographicHash::Sha256).toHex(':').toUpper()));
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"copyCertificate"_s), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(facts.value(u"SHA-256"_s).remove(u'\n')));
    QSignalSpy wanted(&dialog, &CertificateDialog::configurationWanted);
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"openConfiguration"_s), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
}

void TestCertificateDialog::aForgivenOneIsAWarning()
{
    const CertificateReport report =
        reportOf(m_certificates.server(u"forgiven"_s, u"IP:127.0.0.1"_s, 30, {}), true);

    CertificateDialog dialog(report, nullptr);
    dialog.show();

    QCOMPARE(dialog.findChild<MessageBar *>()->kind(), MessageBar::Warning);
    QCOMPARE(dialog.findChild<QTreeWidget *>(u"faults"_s)->topLevelItem(0)->text(1), u"accepted"_s);
}

HUBKEEPER_WINDOW_TEST(TestCertificateDialog)
#include "tst_certificatedialog.moc"
