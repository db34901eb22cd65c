// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QDialog>
#include <QEvent>
#include <QGroupBox>
#include <QKeySequence>
#include <QLabel>
#include <QLayout>
#include <QTabBar>
#include <QTimer>

namespace hubkeeper::test {

/// What keeps a dialog from being used without a mouse, without eyes or on a screen of 1024 x 700,
/// a sentence each: parts that take the focus and have no name for a screen reader, access keys
/// that two visible parts share, texts that are cut, more room than there is.
class DialogManners
{
public:
    [[nodiscard]] static QStringList faultsOf(const QWidget &dialog)
    {
        DialogManners manners(dialog);
        manners.lookAtSize();
        for (QWidget *part : dialog.findChildren<QWidget *>()) {
            if (!part->isVisible() || part->window() != &dialog)
                continue;
            manners.lookAtName(part);
            manners.lookAtKeys(part);
            manners.lookAtRoom(part);
        }
        return manners.m_faults;
    }

private:
    explicit DialogManners(const QWidget &dialog)
        : m_dialog(dialog)
    {
    }

    void say(const QString &fault) { m_faults.append(fault); }
    [[nodiscard]] static QString called(const QWidget *part)
    {
        return QLatin1StringView(part->metaObject()->className()) + u' ' + part->objectName();
    }

    void lookAtSize()
    {
        const QSize least = m_dialog.minimumSizeHint();
        if (least.width() > 1'024 || least.height() > 700)
            say(QStringLiteral("It needs %1 x %2.").arg(least.width()).arg(least.height()));
    }

    /// Parts of Qt's own widgets never get the focus for themselves.
    [[nodiscard]] static bool isInner(const QWidget *part)
    {
        const QWidget *parent = part->parentWidget();
        return part->objectName().startsWith(QLatin1StringView("qt_"))
            || part->inherits("QHeaderView") || part->inherits("QComboBoxListView")
            || qobject_cast<const QComboBox *>(parent)
            || qobject_cast<const QAbstractSpinBox *>(parent);
    }
    void lookAtName(QWidget *part)
    {
        if (part->focusPolicy() == Qt::NoFocus || isInner(part))
            return;
        const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(part);
        if (!spoken || spoken->text(QAccessible::Name).isEmpty())
            say(called(part) + QStringLiteral(" has no name."));
    }

    void lookAtKeys(const QWidget *part)
    {
        if (const auto *button = qobject_cast<const QAbstractButton *>(part))
            takeKey(button->text());
        else if (const auto *label = qobject_cast<const QLabel *>(part); label && label->buddy())
            takeKey(label->text());
        else if (const auto *box = qobject_cast<const QGroupBox *>(part))
            takeKey(box->title());
        else if (const auto *tabs = qobject_cast<const QTabBar *>(part))
            for (int tab = 0; tab < tabs->count(); ++tab)
                takeKey(tabs->tabText(tab));
    }
    void takeKey(const QString &text)
    {
        const QString key = QKeySequence::mnemonic(text).toString();
        if (key.isEmpty())
            return;
        if (m_keys.contains(key))
            say(QStringLiteral("\"%1\" and \"%2\" have the same key.").arg(m_keys[key], text));
        m_keys.insert(key, text);
    }

    void lookAtRoom(const QWidget *part)
    {
        const auto *label = qobject_cast<const QLabel *>(part);
        const auto *button = qobject_cast<const QAbstractButton *>(part);
        const bool isFixed = label && !label->wordWrap() && !label->text().isEmpty()
            && label->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored;
        const bool isButton = button && !button->text().isEmpty();
        if ((isFixed || isButton) && part->width() < part->sizeHint().width())
            say(QStringLiteral("%1 is cut: \"%2\" has %3 of %4.")
                    .arg(called(part), label ? label->text() : button->text())
                    .arg(part->width())
                    .arg(part->sizeHint().width()));
    }

    const QWidget &m_dialog;
    QStringList m_faults;
    QHash<QString, QString> m_keys; // The text that has it.
};

/// Looks at every dialog of ours that is shown, once it is laid out, and warns of its faults; a
/// test function that fails on warnings fails with them.
class DialogWatch final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *dialog = event->type() == QEvent::Show ? qobject_cast<QDialog *>(watched) : nullptr;
        if (dialog && QByteArrayView(dialog->metaObject()->className()).startsWith("hubkeeper::"))
            QTimer::singleShot(0, dialog, [dialog] { look(*dialog); });
        return false;
    }

private:
    static void look(const QDialog &dialog)
    {
        if (!dialog.isVisible())
            return;
        for (const QString &fault : DialogManners::faultsOf(dialog))
            qWarning("%s: %s", dialog.metaObject()->className(), qPrintable(fault));
    }
};

} // namespace hubkeeper::test
