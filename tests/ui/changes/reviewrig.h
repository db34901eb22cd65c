// SPDX-License-Identifier: MIT
#pragma once

#include "changes/applyactions.h"
#include "changes/changesdock.h"
#include "changes/changesmodel.h"
#include "stagefaxnumbers.h"
#include "ui/windowrig.h"
#include "widgets/messagebar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>

namespace hubkeeper::test {

/// The window with the Changes dock in front and fax numbers staged.
struct ReviewRig
{
    explicit ReviewRig(int count, practice::PracticeOptions options = smallWindowPortal())
        : window(options)
    {
        if (!window.openPractice())
            qFatal("no session");
        begin(count);
    }

    void begin(int count)
    {
        dock = window.page<ChangesDock>(PageId::Changes);
        Connection connection = *window.window->keeper().connection();
        connection.policy.mostRows = 0;
        if (!window.window->keeper().change(*window.window->keeper().connection(), connection))
            qFatal("the policy cannot be changed");
        if (!QTest::qWaitFor([this] { return changes().isSaved(); }, 10'000))
            qFatal("not kept");
        if (count > 0)
            stageFaxNumbers(changes(), count);
        window.window->showPlace({PageId::Changes, {}});
    }

    [[nodiscard]] ChangeSet &changes() { return window.session().changes(); }
    [[nodiscard]] MessageBar *bar() { return dock->findChild<MessageBar *>(); }
    /// What the dock's message says; empty if it shows none.
    [[nodiscard]] QString said()
    {
        QStringList texts;
        for (const QLabel *label : bar()->findChildren<QLabel *>())
            texts.append(bar()->isVisible() ? label->text() : QString());
        return texts.join(u' ');
    }
    /// Clicks the button of the dock's message; false if there is none.
    [[nodiscard]] bool press(const QString &text)
    {
        for (QAbstractButton *button : bar()->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text().remove(u'&') == text) {
                QTest::mouseClick(button, Qt::LeftButton);
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] int written()
    {
        return window.portal.inPortal([](practice::PracticePortal &portal) {
            int count = 0;
            for (qint64 id = 150'000'000'001; id < 150'000'003'001; ++id) {
                const auto record = portal.record(practice::ObjectType::Contact, id);
                count +=
                    record && record->values.value(QStringLiteral("fax")) == QStringLiteral("12345")
                    ? 1
                    : 0;
            }
            return count;
        });
    }
    void slowDown(std::chrono::milliseconds pause)
    {
        window.portal.inPortal([pause](practice::PracticePortal &portal) {
            practice::Fault slow;
            slow.kind = practice::FaultKind::Delay;
            slow.pause = pause;
            slow.times = -1;
            slow.path = QRegularExpression(QStringLiteral("/batch/"));
            portal.addFault(slow);
        });
    }

    WindowRig window;
    ChangesDock *dock = nullptr;
};

} // namespace hubkeeper::test
