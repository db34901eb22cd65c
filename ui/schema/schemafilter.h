// SPDX-License-Identifier: MIT
#pragma once

#include <QSortFilterProxyModel>

namespace hubkeeper {

/// Attributes by text and by whether the sides differ; a class is shown with its attributes.
class SchemaFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit SchemaFilter(QObject *parent);

    void setText(const QString &text);
    void setOnlyDifferences(bool only);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
    bool m_onlyDifferences = false;
};

} // namespace hubkeeper
