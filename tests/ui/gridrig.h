// SPDX-License-Identifier: MIT
#pragma once

#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "session/practicesession.h"
#include "testkit/warnings.h"
#include "widgets/masking.h"

#include <QClipboard>
#include <QDockWidget>
#include <QMainWindow>

namespace hubkeeper::test {

/// The contacts of a practice portal in a window with the page and its inspector, and nothing else.
class GridRig
{
public:
    explicit GridRig(const practice::PracticeOptions &options = smallPortal())
        : practice(options)
        , page(new RecordsPage(ObjectType::Contacts, masking, practice.paths, nullptr))
    {
        window.setCentralWidget(page);
        auto *dock = new QDockWidget(&window);
        dock->setWidget(page->inspector());
        window.addDockWidget(Qt::RightDockWidgetArea, dock);
        window.resize(1280, 860);
    }
    ~GridRig() { page->setSession(nullptr); }

    [[nodiscard]] static practice::PracticeOptions smallPortal()
    {
        practice::PracticeOptions options = PracticeSession::smallPortal();
        options.contacts = 60;
        return options;
    }

    void show()
    {
        page->setSession(session);
        window.show();
        window.activateWindow();
        (void)QTest::qWaitForWindowActive(&window);
    }
    [[nodiscard]] bool readContacts(int count = 60)
    {
        show();
        const auto isRead = [&] {
            return page->isComplete() && page->model()->rowCount() == count
                && page->table()->currentIndex().isValid();
        };
        if (!QTest::qWaitFor(isRead, 30'000))
            return false;
        page->table()->setFocus();
        return true;
    }

    /// After a dialog: keys go to the active window only.
    void activate()
    {
        window.activateWindow();
        (void)QTest::qWaitForWindowActive(&window);
    }
    [[nodiscard]] QModelIndex cell(int row, const QString &property) const
    {
        return page->model()->index(row, int(page->model()->columns().indexOf(property)) + 1);
    }
    [[nodiscard]] QString raw(int row, const QString &property) const
    {
        return cell(row, property).data(RecordTableModel::RawTextRole).toString();
    }
    [[nodiscard]] QStringList raws(int first, int last, const QString &property) const
    {
        QStringList texts;
        for (int row = first; row <= last; ++row)
            texts.append(raw(row, property));
        return texts;
    }
    /// A click as a person makes it; the cell is scrolled to before.
    void click(const QModelIndex &index, Qt::KeyboardModifiers modifiers = {})
    {
        activate();
        page->table()->scrollTo(index);
        QTest::mouseClick(page->table()->viewport(), Qt::LeftButton, modifiers,
                          page->table()->visualRect(index).center());
    }
    void paste(const QString &text)
    {
        activate();
        QApplication::clipboard()->setText(text);
        QTest::keySequence(page->table(), QKeySequence::Paste);
    }
    [[nodiscard]] ChangeSet &changes() { return session->changes(); }

    PracticeSession practice;
    std::shared_ptr<Session> session {std::move(practice.session)};
    Masking masking;
    QMainWindow window;
    RecordsPage *page;
};

} // namespace hubkeeper::test
