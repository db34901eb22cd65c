// SPDX-License-Identifier: MIT
#include "importtour.h"

#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "session/open/session.h"
#include "window/mainwindow.h"
#include "workbench/import/importdialog.h"
#include "workbench/import/recordsimport.h"

#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto importPatience = 30s;
constexpr int importTurns = 30; // To read and to paint.

/// What the steps share.
struct ImportVisit
{
    MainWindow &window;
    ImportTour::Picture picture;
    QTemporaryDir folder;

    [[nodiscard]] RecordsPage &page() const
    {
        return *static_cast<RecordsPage *>(window.page(PageId::Contacts));
    }
    [[nodiscard]] ImportDialog *dialog() const { return page().findChild<ImportDialog *>(); }
    [[nodiscard]] QPushButton *next() const
    {
        return dialog()->findChild<QPushButton *>(u"importNext"_s);
    }
    [[nodiscard]] bool isAt(int step) const
    {
        return dialog()->findChild<QToolButton *>(u"importStep%1"_s.arg(step))->isChecked();
    }
    /// Forty rows: known addresses with another city, new ones, and some that are wrong.
    [[nodiscard]] QString write() const
    {
        QByteArray csv = "Newsletter list of 30 November;;;;\n"
                         "Email;First name;City;Lifecycle stage;Remarks\n";
        const RecordTableModel &model = *page().model();
        const int email = int(model.columns().indexOf(u"email"_s)) + 1;
        for (int row = 0; row < 40; ++row) {
            const QString known =
                model.index(row, email).data(RecordTableModel::RawTextRole).toString();
            const QString address = row % 4 ? known : u"new.person%1@example.com"_s.arg(row);
            const QByteArray stage = row % 9 == 4 ? "Prospect" : "Lead";
            csv += address.toUtf8() + ";Kim;" + (row % 2 ? "Z\xFCrich" : "Bern") + ';' + stage
                + (row % 13 == 12 ? "\n" : ";asked by telephone\n");
        }
        QFile file(folder.filePath(u"newsletter.csv"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(csv);
        return file.fileName();
    }
    /// Waits for `isThere`, and until it is painted; then takes the picture.
    Call<QString> *look(std::function<bool()> isThere, const QString &name, QObject *parent) const
    {
        return new WaitUntil([isThere = std::move(isThere),
                              turns = 0]() mutable { return isThere() && ++turns > importTurns; },
                             [this, name]() -> Result<QString> { return picture(name, *dialog()); },
                             importPatience, parent);
    }
};

} // namespace

ImportTour::ImportTour(MainWindow &window, Picture picture)
    : m_window(window)
    , m_picture(std::move(picture))
{
}

void ImportTour::addSteps(TourRunner &runner) const
{
    const auto visit = std::make_shared<ImportVisit>(m_window, m_picture);
    runner.add(u"Import: the file"_s, [visit](QObject *parent) {
        visit->page().findChild<RecordsImport *>()->importFile(visit->write());
        return visit->look([visit] { return visit->next()->isEnabled(); }, u"import-file"_s,
                           parent);
    });
    runner.add(u"Import: the columns"_s, [visit](QObject *parent) {
        visit->next()->click();
        return visit->look([visit] { return visit->isAt(2); }, u"import-columns"_s, parent);
    });
    runner.add(u"Import: the check"_s, [visit](QObject *parent) {
        visit->next()->click();
        return visit->look([visit] { return visit->isAt(3) && visit->next()->isEnabled(); },
                           u"import-check"_s, parent);
    });
    runner.add(u"Import: stage, and take it back"_s, [visit](QObject *parent) {
        visit->next()->click();
        auto turns = std::make_shared<int>(0);
        return new WaitUntil(
            [visit, turns] {
                if (visit->dialog() || ++*turns <= importTurns)
                    return false;
                visit->window.activateWindow(); // No window manager does.
                return visit->window.isActiveWindow();
            },
            [visit]() -> Result<QString> {
                const QString seen = visit->picture(u"import-staged"_s, visit->window);
                ChangeSet &changes = visit->window.keeper().session()->changes();
                const int staged = changes.count();
                changes.undo();
                if (staged == 0 || changes.count() != 0)
                    return fail(ErrorKind::BadReply, u"Undo did not take the import back."_s);
                return u"%1 records, %2"_s.arg(staged).arg(seen);
            },
            importPatience, parent);
    });
}

} // namespace hubkeeper
