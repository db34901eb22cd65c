// SPDX-License-Identifier: MIT
#pragma once

#include <QComboBox>
#include <QStyledItemDelegate>

namespace hubkeeper {

/// A choice of several: entries with check boxes in the list that drops down.
class FlagsChoice final : public QComboBox
{
    Q_OBJECT

public:
    explicit FlagsChoice(QWidget *parent);

    /// Unknown flags are offered as well, so that they can be taken off.
    void setFlags(const QStringList &flags);
    [[nodiscard]] QStringList flags() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
};

/// Editors for the tree of object types: choices for types and flags, lines for the rest.
class ObjectTypeDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override;
};

} // namespace hubkeeper
