// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connectoreye.h"
#include "records/values/propertynames.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// HubSpot's properties beside the connector's attributes of one record.
class ConnectorEyeModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PropertyColumn, TextColumn, AttributeColumn, ValueColumn, NoteColumn };

    /// `names` must outlive the model.
    ConnectorEyeModel(const PropertyNames &names, QObject *parent);

    void setLines(const QList<EyeLine> &lines);
    /// Labels or options became known, or masking was switched.
    void namesChanged();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QJsonValue seen(const EyeLine &line) const;

    const PropertyNames &m_names;
    QList<EyeLine> m_lines;
};

} // namespace hubkeeper
