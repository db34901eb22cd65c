// SPDX-License-Identifier: MIT
#pragma once

#include "session/secrets/secretplaces.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// One row for each secret of each connection: where it is and when it was used.
class SecretPlacesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ConnectionLabel, SecretName, Where, LastUsed, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setPlaces(const QList<SecretPlace> &places);
    [[nodiscard]] const QList<SecretPlace> &places() const { return m_places; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<SecretPlace> m_places;
};

/// "Client secret", "Refresh token", "Journal key".
[[nodiscard]] QString titleOfSecret(const QString &name);

/// Every place of a secret as a short text: "Keychain; in the file as plain text".
[[nodiscard]] QString textOf(const SecretPlace &place);

} // namespace hubkeeper
