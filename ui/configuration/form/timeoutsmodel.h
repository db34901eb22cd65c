// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/findings/jsonpointers.h"
#include "provisioner/document/document.h"
#include "provisioner/rules/finding.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// operationTimeout (idm-connector 2.4) as a table: one row for each operation, and for each other
/// member that is there. What is wrong with a value is in its row.
class TimeOutsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { OperationColumn, MillisecondsColumn, MeaningColumn, ColumnCount };
    enum Role { PointerRole = pointerRole }; ///< QString: JSON pointer of the row's value.

    explicit TimeOutsModel(QObject *parent);

    /// The document must outlive its use here.
    void setDocument(Document *document);
    /// Reads the document again; rows stay the same rows where they can.
    void refresh();
    void setFindings(const QList<Finding> &findings);

    /// Takes the entries of these rows out of the file, as one step.
    [[nodiscard]] Result<void> clear(const QList<int> &rows);
    /// Gives all of these rows the same time-out, as one step.
    [[nodiscard]] Result<void> setAll(const QList<int> &rows, int milliseconds);
    [[nodiscard]] bool isSet(int row) const;
    [[nodiscard]] int rowOf(const QString &pointer) const; ///< -1 if none.

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// False with failed() if the value cannot be taken.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void failed(const hubkeeper::Error &error);

private:
    [[nodiscard]] QString pointerOf(int row) const;
    [[nodiscard]] int nodeAt(int row) const;
    [[nodiscard]] QString shown(int row) const;
    [[nodiscard]] QString stepFor(int row) const;
    [[nodiscard]] Result<void> write(int row, const QString &typed);

    Document *m_document = nullptr;
    QStringList m_rows;
    QList<Finding> m_findings;
};

} // namespace hubkeeper
