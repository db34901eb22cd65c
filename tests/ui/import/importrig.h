// SPDX-License-Identifier: MIT
#pragma once

#include "../gridrig.h"
#include "base/settings.h"
#include "widgets/messagebar.h"
#include "workbench/import/importdialog.h"
#include "workbench/import/recordsimport.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTableView>

namespace hubkeeper::test {

/// The import beside the contacts of a practice portal: what a person does with its dialog.
class ImportRig
{
public:
    explicit ImportRig(const practice::PracticeOptions &options = GridRig::smallPortal())
        : grid(options)
        , import(new RecordsImport(ObjectType::Contacts, *grid.page, grid.masking, settings))
    {
        QObject::connect(grid.page, &Page::statusMessage, grid.page,
                         [this](const QString &text) { said = text; });
        QObject::connect(grid.page, &Page::goTo, grid.page,
                         [this](const Place &place) { wentTo = place.page; });
        import->setSession(grid.session);
    }

    [[nodiscard]] QString file(const QString &name, const QByteArray &content) const
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write the table");
        return file.fileName();
    }
    [[nodiscard]] QByteArray contentOf(const QString &name) const
    {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    [[nodiscard]] ImportDialog *dialog() const { return grid.page->findChild<ImportDialog *>(); }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return dialog() ? dialog()->findChild<T *>(QLatin1StringView(name)) : nullptr;
    }
    /// Opens the dialog with a table and waits until it may go on.
    [[nodiscard]] bool open(const QString &path)
    {
        import->importFile(path);
        if (!dialog() || !QTest::qWaitForWindowExposed(dialog()))
            return false;
        activate();
        return QTest::qWaitFor([this] { return part<QPushButton>("importNext")->isEnabled(); },
                               10'000);
    }
    void activate() const
    {
        (void)QTest::qWaitForWindowExposed(dialog());
        dialog()->activateWindow();
        (void)QTest::qWaitForWindowActive(dialog());
    }
    /// Alt and a letter, as a person leaves a step.
    void alt(Qt::Key key) const { QTest::keyClick(dialog(), key, Qt::AltModifier); }
    [[nodiscard]] bool isAt(int step) const
    {
        const auto *button = part<QAbstractButton>(step == 1       ? "importStep1"
                                                       : step == 2 ? "importStep2"
                                                                   : "importStep3");
        return button && button->isChecked();
    }
    [[nodiscard]] bool goToColumns() const
    {
        alt(Qt::Key_N);
        return QTest::qWaitFor([this] { return isAt(2); }, 10'000);
    }
    /// To the end of the check.
    [[nodiscard]] bool goToCheck() const
    {
        alt(Qt::Key_N);
        const auto isChecked = [this] {
            return isAt(3) && part<QPushButton>("importCheckAgain")->isEnabled();
        };
        return QTest::qWaitFor(isChecked, 20'000);
    }
    [[nodiscard]] QStringList column(const char *table, int column) const
    {
        const QAbstractItemModel *model = part<QAbstractItemView>(table)->model();
        QStringList texts;
        for (int row = 0; row < model->rowCount(); ++row)
            texts.append(model->index(row, column).data().toString());
        return texts;
    }
    /// Chooses the n-th entry with the keyboard.
    void choose(const char *name, int entry) const
    {
        auto *box = part<QComboBox>(name);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        if (box->isEditable())
            box->setCurrentIndex(0);
        for (int i = 0; i < entry; ++i)
            QTest::keyClick(box, Qt::Key_Down);
    }

    /// Before each test.
    void begin()
    {
        grid.changes().revertAll();
        settings.setValue(setting::imports, QStringList());
        said.clear();
        wentTo = PageId::Overview;
    }
    /// After each test.
    void end()
    {
        for (auto *files : grid.page->findChildren<QFileDialog *>())
            files->reject();
        if (ImportDialog *open = dialog())
            open->close();
        QTRY_VERIFY(!dialog());
        grid.masking.setOn(false);
    }
    /// What the bars of the dialog say.
    [[nodiscard]] QString message() const
    {
        QStringList texts;
        for (const MessageBar *bar : dialog()->findChildren<MessageBar *>()) {
            if (!bar->isVisible())
                continue;
            for (const QLabel *label : bar->findChildren<QLabel *>())
                texts.append(label->text());
        }
        return texts.join(QLatin1Char(' '));
    }
    /// The dialog for files that is open: types a name and presses Return.
    static void typePath(QWidget *above, const QString &path)
    {
        QPointer<QFileDialog> files;
        QTRY_VERIFY((files = above->findChild<QFileDialog *>()));
        auto *name = files->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        QVERIFY(name);
        name->setCompleter(nullptr); // Its list would take the key.
        files->setDirectory(QFileInfo(path).absolutePath());
        name->selectAll();
        QTest::keyClicks(name, QFileInfo(path).fileName());
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(!files); // Else the next one finds it.
    }

    QTemporaryDir folder;
    GridRig grid;
    Settings settings {grid.practice.paths};
    RecordsImport *import;
    QString said;
    PageId wentTo = PageId::Overview;
};

} // namespace hubkeeper::test
