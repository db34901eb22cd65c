// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"
#include "testkit/provisionerfile.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QStatusBar>
#include <QTabWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Sentences of the window that have to be true.
class TestStatements final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnUnexpectedWarnings();
        m_rig = std::make_unique<WindowRig>();
    }
    void cleanup() { m_rig.reset(); }
    void aWrongAddressIsQuotedAsTyped();
    void anotherConnectorsFileIsNamed();
    void aSilentKeychainIsNone();
    void tooLargeIsNotDamaged();

private:
    [[nodiscard]] QString write(const QByteArray &bytes)
    {
        const QString path = m_rig->folder.filePath(u"provisioner.openicf-said.json"_s);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path
                                                                                    : QString();
    }
    [[nodiscard]] static QStringList said(const QWidget &window)
    {
        QStringList texts;
        for (const auto *bar : window.findChildren<MessageBar *>()) {
            if (bar->isVisible())
                texts.append(bar->text());
        }
        return texts;
    }

    std::unique_ptr<WindowRig> m_rig;
};

void TestStatements::aWrongAddressIsQuotedAsTyped()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->findChild<QAction *>(u"connection"_s)->trigger();
    QDialog *dialog = nullptr;
    for (auto *one : m_rig->window->findChildren<QDialog *>())
        dialog = one->isVisible() ? one : dialog;
    QVERIFY(dialog);
    QLineEdit *address = nullptr;
    for (auto *line : dialog->findChildren<QLineEdit *>()) {
        if (line->text().startsWith("http://"_L1))
            address = line;
    }
    QVERIFY(address);
    address->setText(u"127.0.0.1:19201"_s);
    dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
    QCOMPARE(said(*dialog), QStringList {u"“127.0.0.1:19201” is not the address of a portal."_s});
}

void TestStatements::anotherConnectorsFileIsNamed()
{
    QByteArray bytes = withTextAt(faultlessProvisioner(), u"/connectorRef/connectorName"_s,
                                  "\"org.identityconnectors.ldap.LdapConnector\"");
    bytes = withTextAt(bytes, u"/connectorRef/bundleName"_s,
                       "\"org.forgerock.openicf.connectors.ldap-connector\"");
    bytes = withTextAt(bytes, u"/configurationProperties/clientId"_s, nullptr);
    m_rig->window->openFile(write(bytes));
    QTRY_VERIFY(m_rig->window->keeper().failure());
    const QString what = m_rig->window->keeper().failure()->what;
    QVERIFY2(what.contains("another connector"_L1) && what.contains("LdapConnector"_L1),
             qPrintable(what));
}

void TestStatements::aSilentKeychainIsNone()
{
    m_rig->keychain.refuseWith = Error {};
    m_rig->keychain.refuseWith->kind = ErrorKind::NoKeychain;
    m_rig->keychain.refuseWith->what = u"No keychain answers."_s;
    m_rig->window->openFile(write(faultlessProvisioner()));
    QTRY_VERIFY(m_rig->window->keeper().failure());
    const auto *keychain = m_rig->window->statusBar()->findChild<QLabel *>(u"keychain"_s);
    QCOMPARE(keychain->text(), u"no keychain"_s);
}

void TestStatements::tooLargeIsNotDamaged()
{
    QByteArray numbers = "[0";
    for (int at = 0; at < JsonText::mostValues; ++at)
        numbers += ",0";
    m_rig->window->openFile(write(withTextAt(
        faultlessProvisioner(), u"/configurationProperties/x"_s, (numbers + ']').constData())));
    QTRY_VERIFY(m_rig->window->keeper().failure());
    QVERIFY2(m_rig->window->keeper().failure()->what.contains("too large"_L1),
             qPrintable(m_rig->window->keeper().failure()->what));
    m_rig->window->showPlace({PageId::Configuration, {}});
    auto *page = m_rig->page<ConfigurationPage>(PageId::Configuration);
    page->findChild<QTabWidget *>()->setCurrentIndex(0);
    QVERIFY2(said(*page).contains(u"The file is too large for the form."_s),
             qPrintable(said(*page).join(u'\n')));
}

HUBKEEPER_WINDOW_TEST(TestStatements)
#include "tst_statements.moc"
