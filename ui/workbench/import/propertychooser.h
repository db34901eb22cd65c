// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"
#include "portal/property.h"

#include <QStyledItemDelegate>

class QComboBox;

namespace hubkeeper {

/// Chooses a property for a column: a list of all that can be written, searched by any part of
/// label or name. What is typed and is none of them changes nothing.
class PropertyChooser final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    PropertyChooser(ObjectType type, QObject *parent);

    void setDefinitions(const QList<PropertyDefinition> &definitions);

    [[nodiscard]] QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                        const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override;

    [[nodiscard]] bool eventFilter(QObject *editor, QEvent *event) override;

signals:
    /// What was typed is none of them: a sentence.
    void refused(const QString &why) const;

private:
    struct Choice
    {
        QString shown;
        QString property;
    };
    const ObjectType m_type; ///< Of the records that are imported.
    QList<Choice> m_choices;
};

} // namespace hubkeeper
