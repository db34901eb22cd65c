// SPDX-License-Identifier: MIT
#include "testkit/dialogmanners.h"
#include "testkit/windowtest.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper::test;

namespace hubkeeper {

/// Looks like one of ours to the watch.
class ShownDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ShownDialog(QWidget *parent = nullptr)
        : QDialog(parent)
        , m_column(new QVBoxLayout(this))
    {
    }
    template <typename Part>
    Part *add(Part *part)
    {
        m_column->addWidget(part);
        return part;
    }

private:
    QVBoxLayout *m_column;
};

} // namespace hubkeeper

/// What looks at every dialog that the tests of windows open.
class TestDialogManners final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_dialog = std::make_unique<hubkeeper::ShownDialog>(); }
    void cleanup() { m_dialog.reset(); }
    void findsNothingInGoodManners();
    void findsAPartWithoutAName();
    void findsAKeyThatIsThereTwice();
    void findsATextThatIsCut();
    void findsADialogThatIsTooLarge();
    void leavesOutWhatIsHidden();
    void looksAtEveryDialogThatIsShown();

private:
    [[nodiscard]] QStringList faults() const
    {
        m_dialog->show();
        return QTest::qWaitForWindowExposed(m_dialog.get()) ? DialogManners::faultsOf(*m_dialog)
                                                            : QStringList {u"It is not shown."_s};
    }

    std::unique_ptr<hubkeeper::ShownDialog> m_dialog;
};

void TestDialogManners::findsNothingInGoodManners()
{
    auto *label = m_dialog->add(new QLabel(u"&Name:"_s));
    label->setBuddy(m_dialog->add(new QLineEdit));
    m_dialog->add(new QPushButton(u"&Close"_s));
    QCOMPARE(faults(), QStringList());
}

void TestDialogManners::findsAPartWithoutAName()
{
    m_dialog->add(new QLineEdit)->setObjectName(u"nameless"_s);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"nameless has no name"_s));
    QCOMPARE(faults(), QStringList {u"QLineEdit nameless has no name."_s});
}

void TestDialogManners::findsAKeyThatIsThereTwice()
{
    m_dialog->add(new QPushButton(u"&Save"_s));
    m_dialog->add(new QPushButton(u"&Stop"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"have the same key"_s));
    QCOMPARE(faults(), QStringList {u"\"&Save\" and \"&Stop\" have the same key."_s});
}

void TestDialogManners::findsATextThatIsCut()
{
    m_dialog->add(new QLabel(u"A long text"_s))->setMaximumWidth(20);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is cut"_s));
    const QStringList found = faults();
    QCOMPARE(found.size(), 1);
    QVERIFY2(found.first().contains(u"\"A long text\" has 20 of "_s), qPrintable(found.first()));
}

void TestDialogManners::findsADialogThatIsTooLarge()
{
    m_dialog->add(new QWidget)->setMinimumHeight(701);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"It needs "_s));
    QVERIFY(faults().first().startsWith(u"It needs "_s));
}

void TestDialogManners::leavesOutWhatIsHidden()
{
    m_dialog->add(new QPushButton(u"&Save"_s));
    m_dialog->add(new QPushButton(u"&Stop"_s))->hide();
    m_dialog->add(new QLineEdit)->hide();
    QCOMPARE(faults(), QStringList());
}

void TestDialogManners::looksAtEveryDialogThatIsShown()
{
    m_dialog->add(new QLineEdit)->setObjectName(u"nameless"_s);
    QTest::ignoreMessage(QtWarningMsg,
                         u"hubkeeper::ShownDialog: QLineEdit nameless has no name."_s.toUtf8());
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    QTest::qWait(1); // The message is demanded: without it the function fails.
}

HUBKEEPER_WINDOW_TEST(TestDialogManners)
#include "tst_dialogmanners.moc"
