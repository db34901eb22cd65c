// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QStatusBar>

#include <algorithm>

namespace hubkeeper::test {

inline constexpr int mostRows = 200;

/// Every text a model shows or says aloud.
inline void addTexts(const QAbstractItemModel &model, const QModelIndex &parent, QStringList &texts)
{
    static const int roles[] = {Qt::DisplayRole,        Qt::ToolTipRole,
                                Qt::StatusTipRole,      Qt::WhatsThisRole,
                                Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole};
    const int rows = std::min(model.rowCount(parent), mostRows);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (const int role : roles)
                texts.append(index.data(role).toString());
        }
        addTexts(model, model.index(row, 0, parent), texts);
    }
}

/// Every text below a widget: models of its views, labels, editors, actions, tips and what a screen
/// reader hears.
inline QStringList textsBelow(const QWidget &root)
{
    QStringList texts {root.windowTitle()};
    QWidgetList widgets = root.findChildren<QWidget *>();
    widgets.append(const_cast<QWidget *>(&root));
    for (const QWidget *widget : std::as_const(widgets)) {
        texts << widget->toolTip() << widget->statusTip() << widget->accessibleName()
              << widget->accessibleDescription();
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget);
            view && view->model())
            addTexts(*view->model(), {}, texts);
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            texts.append(label->text());
        if (const auto *text = qobject_cast<const QPlainTextEdit *>(widget))
            texts.append(text->toPlainText());
        if (const auto *line = qobject_cast<const QLineEdit *>(widget))
            texts.append(line->text());
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts.append(button->text());
        if (const auto *status = qobject_cast<const QStatusBar *>(widget))
            texts.append(status->currentMessage());
    }
    const auto actions = root.findChildren<QAction *>();
    for (const QAction *action : actions)
        texts << action->text() << action->toolTip();
    texts.removeAll(QString());
    return texts;
}

/// Those of `values` that occur as words.
inline QStringList found(const QStringList &values, const QStringList &texts)
{
    const QString all = texts.join(QStringLiteral("\n\n"));
    QStringList seen;
    for (const QString &value : values) {
        const QRegularExpression word(QStringLiteral("(?<!\\w)") + QRegularExpression::escape(value)
                                          + QStringLiteral("(?!\\w)"),
                                      QRegularExpression::UseUnicodePropertiesOption);
        if (word.match(all).hasMatch())
            seen.append(value);
    }
    return seen;
}

} // namespace hubkeeper::test
