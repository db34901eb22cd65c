// SPDX-License-Identifier: MIT
#include "configuration/form/formfield.h"
#include "configuration/form/secretinfiledialog.h"
#include "formrig.h"
#include "testkit/windowtest.h"
#include "widgets/notelabel.h"

#include <QMenu>
#include <QPushButton>
#include <QRadioButton>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

const auto secretPointer = u"/configurationProperties/clientSecret"_s;

} // namespace

/// Secrets in the form: what it says of them, and putting them into the file.
class TestFormSecrets final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnUnexpectedWarnings();
        m_rig = std::make_unique<FormRig>();
        QVERIFY(m_rig->open());
        m_rig->page->showItem(JsonPlace {secretPointer});
    }
    void cleanup() { m_rig.reset(); }
    void anEncryptedSecretIsValid();
    void putsASubstitutionIntoTheFile();
    void putsPlainTextIntoTheFile();
    void refusesANameThatNobodyFillsIn();
    void takesItOutAgain();

private:
    [[nodiscard]] FormField *field() { return m_rig->page->form()->field(secretPointer); }
    [[nodiscard]] QAction *action(const QString &name)
    {
        return field()->findChild<QAction *>(name);
    }
    [[nodiscard]] QString said()
    {
        QStringList texts;
        for (const auto *label : field()->findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        return texts.join(u'\n');
    }
    [[nodiscard]] SecretInFileDialog *openDialog()
    {
        action(u"putIntoFile"_s)->trigger();
        return m_rig->window.window->findChild<SecretInFileDialog *>();
    }

    std::unique_ptr<FormRig> m_rig;
};

void TestFormSecrets::anEncryptedSecretIsValid()
{
    m_rig->put(secretPointer, R"({"$crypto": {"type": "x-simple-encryption", "value": {
        "cipher": "AES/CBC/PKCS5Padding", "salt": "c2FsdHNhbHRzYWx0c2FsdA==", "data": "ZGF0YQ==",
        "keySize": 16, "purpose": "idm.config.encryption", "iv": "aXZpdml2aXZpdml2aXZpdg==",
        "mac": "bWFj"}}})");
    QVERIFY2(said().contains("encrypted by IDM"_L1), qPrintable(said()));
    QVERIFY2(!said().contains("cannot convert"_L1), qPrintable(said()));
}

void TestFormSecrets::putsASubstitutionIntoTheFile()
{
    SecretInFileDialog *dialog = openDialog();
    QVERIFY(dialog);
    auto *name = dialog->findChild<QLineEdit *>(u"substitutionName"_s);
    QCOMPARE(name->text(), u"esv.hubspot.client.secret"_s);
    name->selectAll();
    QTest::keyClicks(name, u"esv.hub.secret"_s);
    QTest::keyClick(name, Qt::Key_Return);

    QCOMPARE(m_rig->rawAt(secretPointer), QByteArray("\"&{esv.hub.secret}\""));
    QVERIFY2(said().contains("as a substitution"_L1), qPrintable(said()));
    m_rig->page->undo();
    QVERIFY(m_rig->rawAt(secretPointer) != QByteArray("\"&{esv.hub.secret}\""));
}

void TestFormSecrets::putsPlainTextIntoTheFile()
{
    SecretInFileDialog *dialog = openDialog();
    QVERIFY(dialog);
    dialog->findChild<QRadioButton *>(u"asPlainText"_s)->click();
    auto *text = dialog->findChild<QLineEdit *>(u"plainText"_s);
    QCOMPARE(text->echoMode(), QLineEdit::Password);
    QTest::keyClicks(text, u"s3cret-of-the-app"_s);
    QTest::keyClick(text, Qt::Key_Return);

    QCOMPARE(m_rig->rawAt(secretPointer), QByteArray("\"s3cret-of-the-app\""));
    QVERIFY2(said().contains("as plain text"_L1), qPrintable(said()));
    QVERIFY2(!said().contains("s3cret"_L1), "never shown");
}

void TestFormSecrets::refusesANameThatNobodyFillsIn()
{
    SecretInFileDialog *dialog = openDialog();
    QVERIFY(dialog);
    auto *name = dialog->findChild<QLineEdit *>(u"substitutionName"_s);
    name->setText(u"no name"_s);
    for (const auto *button : dialog->findChildren<QPushButton *>()) {
        if (button->text().contains("File"_L1))
            QVERIFY(!button->isEnabled());
    }
}

void TestFormSecrets::takesItOutAgain()
{
    m_rig->put(secretPointer, "\"&{esv.hub.secret}\"");
    action(u"takeOutOfFile"_s)->trigger();
    QCOMPARE(m_rig->rawAt(secretPointer), QByteArray("null"));
    QVERIFY2(said().contains("Not in the file"_L1), qPrintable(said()));
}

HUBKEEPER_WINDOW_TEST(TestFormSecrets)
#include "tst_formsecrets.moc"
