// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"
#include "session/reading/mergepreview.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// Two records side by side and what is left of them: a line for each property. The value of either
/// record can be ticked, which is what stays.
class MergeModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PropertyColumn, PrimaryColumn, MergedColumn, ResultColumn, ColumnCount };

    /// `names` must outlive the model.
    MergeModel(const PropertyNames &names, QObject *parent);

    void setPreview(const MergePreview &preview);
    /// Only properties of which the two records have different values.
    void setOnlyDifferent(bool only);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

signals:
    /// Somebody wants this text to stay.
    void chosen(const QString &property, const QString &text);

private:
    void rebuild();
    [[nodiscard]] static bool isAddresses(const MergeLine &line)
    {
        return line.property.startsWith(QStringLiteral("hs_additional_"));
    }

    const PropertyNames &m_names;
    MergePreview m_preview;
    bool m_onlyDifferent = true;
    QList<qsizetype> m_lines; // Of the preview, that are shown.
};

} // namespace hubkeeper
