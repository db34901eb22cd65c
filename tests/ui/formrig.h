// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/configurationpage.h"
#include "configuration/findings/documentfindings.h"
#include "configuration/form/provisionerform.h"
#include "windowrig.h"

#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>

namespace hubkeeper::test {

/// The Configuration page of a window on the practice portal, its form in front.
class FormRig
{
public:
    /// False if the page did not open.
    [[nodiscard]] bool open()
    {
        if (!window.openPractice())
            return false;
        window.window->showPlace({PageId::Configuration, {}});
        page = window.page<ConfigurationPage>(PageId::Configuration);
        return page && page->document();
    }

    [[nodiscard]] Document &document() { return *page->document(); }

    [[nodiscard]] QByteArray rawAt(const QString &pointer)
    {
        const int node = document().text().at(pointer);
        return node == JsonText::none ? QByteArray() : document().text().rawOf(node);
    }

    /// Puts JSON into the document as another view would; empty takes the value out.
    void put(const QString &pointer, const QByteArray &json)
    {
        const auto done = json.isEmpty() ? document().removeValue(pointer, QStringLiteral("Put"))
                                         : document().setRaw(pointer, json, QStringLiteral("Put"));
        QVERIFY(done);
        page->findings()->check();
    }

    /// Types into the field of a pointer as a person does.
    void typeInto(const QString &pointer, const QString &text)
    {
        page->showItem(JsonPlace {pointer});
        auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        if (auto *choice = qobject_cast<QComboBox *>(QApplication::focusWidget()))
            line = choice->lineEdit();
        QVERIFY2(line, qUtf8Printable(pointer));
        line->selectAll();
        if (text.isEmpty())
            QTest::keyClick(line, Qt::Key_Delete);
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Tab);
    }

    /// Answers the question for a name or number that is open.
    void answer(const QString &text)
    {
        QInputDialog *dialog = nullptr; // An earlier one is deleted a moment later.
        for (auto *one : window.window->findChildren<QInputDialog *>())
            dialog = one->isVisible() ? one : dialog;
        QVERIFY(dialog);
        auto *line = dialog->findChild<QLineEdit *>();
        line->selectAll();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
        window.window->activateWindow(); // The offscreen platform leaves it to us.
        QVERIFY(QTest::qWaitForWindowActive(window.window.get()));
    }

    template <typename T>
    [[nodiscard]] T *section()
    {
        for (FormSection *one : page->form()->sections()) {
            if (auto *wanted = qobject_cast<T *>(one))
                return wanted;
        }
        return nullptr;
    }

    WindowRig window;
    ConfigurationPage *page = nullptr;
};

} // namespace hubkeeper::test
