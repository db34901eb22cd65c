// SPDX-License-Identifier: MIT
#pragma once

#include "../gridrig.h"
#include "base/settings.h"
#include "workbench/repairs/recordsrepair.h"
#include "workbench/repairs/repairdialog.h"

#include <QAction>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>

namespace hubkeeper::test {

/// The dialog of repairs over the grid of a practice portal, and what the tests of it do with keys.
class RepairDialogRig
{
public:
    RepairDialogRig()
        : settings(grid.practice.paths)
        , repair(new RecordsRepair(*grid.page, settings))
    {
    }

    /// What every class of tests begins with.
    [[nodiscard]] bool start()
    {
        repair->setSession(grid.session);
        return grid.readContacts();
    }
    [[nodiscard]] RepairDialog *dialog() const { return repair->dialog(); }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return dialog()->findChild<T *>(QLatin1StringView(name));
    }
    [[nodiscard]] bool open()
    {
        repair->action()->trigger();
        if (!dialog() || !QTest::qWaitForWindowExposed(dialog()))
            return false;
        dialog()->activateWindow();
        return QTest::qWaitForWindowActive(dialog());
    }
    /// Closes it and takes back what was staged.
    [[nodiscard]] bool close()
    {
        if (dialog())
            dialog()->reject();
        const bool isClosed = QTest::qWaitFor([this] { return !dialog(); });
        grid.changes().revertAll();
        return isClosed;
    }
    [[nodiscard]] QString recipeFile(const QString &name, const QByteArray &lines) const
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the recipe");
        file.write("hubkeeper-recipe 1\nname: own\ntitle: Own\n" + lines);
        return file.fileName();
    }
    /// An x after first names that end with a vowel.
    [[nodiscard]] QString vowelRecipe() const
    {
        return recipeFile(QStringLiteral("vowel.recipe"),
                          "properties: firstname\nrepair: regex\n"
                          "find: ([aeiou])$\nreplace: \\1x\nexamples:\n"
                          "  Mia => Miax\n  Tom => kept\n");
    }
    /// Ticks one property with the keyboard, and no other.
    void tickOnly(const QString &property) const
    {
        auto *list = part<QListWidget>("repairProperties");
        list->setFocus();
        for (int row = 0; row < list->count(); ++row) {
            const QListWidgetItem *item = list->item(row);
            const bool isWanted = item->toolTip() == property;
            if ((item->checkState() == Qt::Checked) == isWanted)
                continue;
            list->setCurrentRow(row);
            QTest::keyClick(list, Qt::Key_Space);
        }
    }
    void alt(Qt::Key key) const { QTest::keyClick(dialog(), key, Qt::AltModifier); }
    [[nodiscard]] bool preview() const
    {
        alt(Qt::Key_V);
        return QTest::qWaitFor(
            [this] {
                return part<QPushButton>("repairPreview")->isEnabled()
                    && !part<QLabel>("repairSummary")
                            ->text()
                            .startsWith(QLatin1StringView("Preview"));
            },
            20'000);
    }
    [[nodiscard]] int rows(const char *table) const
    {
        return part<QTableView>(table)->model()->rowCount();
    }

    GridRig grid;
    Settings settings;
    RecordsRepair *repair; // The page's.
    QTemporaryDir folder;
};

} // namespace hubkeeper::test
