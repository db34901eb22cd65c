// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"

#include <QStyledItemDelegate>

#include <functional>

namespace hubkeeper {

/// How staged, invalid and archived cells look, and which editor a cell gets. Works on any model
/// with the roles of RecordTableModel.
class PropertyDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using NamesOf = std::function<const PropertyNames &(const QModelIndex &index)>;

    /// `names` must outlive the delegate.
    PropertyDelegate(const PropertyNames &names, QObject *parent);
    /// For a model of several types of records.
    PropertyDelegate(NamesOf namesOf, QObject *parent);

    [[nodiscard]] QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                        const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

signals:
    /// What was entered cannot be a value, as a translated sentence. The editor stays open, unless
    /// the focus left it: then the value is what it was.
    void refused(const QString &why);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
    bool eventFilter(QObject *editor, QEvent *event) override;

private:
    /// Commits (unless the hint says to take back) and closes, once.
    void end(QWidget *editor, EndEditHint hint);
    /// The same, unless what was entered cannot be a value: then it says so and stays open.
    void tryToEnd(QWidget *editor, EndEditHint hint);

    const NamesOf m_namesOf;
};

} // namespace hubkeeper
