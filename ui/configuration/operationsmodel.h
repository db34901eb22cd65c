// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"
#include "provisioner/rules/finding.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// What a column of OperationsModel shows of an operation's entry, and how it is edited.
struct OperationColumn
{
    enum Kind {
        Milliseconds, ///< A number; -1 is none.
        Switch, ///< A boolean.
        Choice, ///< One of `choices`, or nothing.
        Names, ///< A list of texts, edited as "a, b".
        Json, ///< Any value, edited as JSON text.
        Count, ///< The number of members; read only.
    };

    QString path; ///< Below the operation's entry: "", "/denied".
    Kind kind = Json;
    QString title; ///< Translated.
    QStringList choices;
    QString help; ///< Translated.
};

/// A block of the provisioner whose members are named after operations (idm-connector 2.4, 2.7),
/// as a table: one row for each operation, and for each other member that is there.
class OperationsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        PointerRole = Qt::UserRole, ///< QString: JSON pointer of the cell's value.
        KindRole, ///< OperationColumn::Kind.
        ChoicesRole, ///< QStringList.
    };

    /// `name` is what undo calls an edit, with the operation in place of %1.
    OperationsModel(QString pointer, QList<OperationColumn> columns, QString name, QObject *parent);

    /// The document must outlive its use here.
    void setDocument(Document *document);
    /// Reads the document again; rows stay the same rows where they can.
    void refresh();
    void setFindings(const QList<Finding> &findings);

    /// Takes the entries of these rows out of the file, as one step.
    [[nodiscard]] Result<void> clear(const QList<int> &rows);
    /// Gives all of these rows the same value in a column, as one step.
    [[nodiscard]] Result<void> setAll(const QList<int> &rows, int column, const QByteArray &json);
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
    [[nodiscard]] QString pointerOf(int row, int column) const;
    [[nodiscard]] int nodeAt(int row, int column) const;
    [[nodiscard]] QString shown(const OperationColumn &column, int node) const;
    [[nodiscard]] Result<QByteArray> jsonFor(const OperationColumn &column,
                                             const QVariant &value) const;
    [[nodiscard]] Result<void> put(const QString &pointer, const QByteArray &json,
                                   const QString &name);

    const QString m_pointer;
    const QList<OperationColumn> m_columns;
    const QString m_name;
    Document *m_document = nullptr;
    QStringList m_rows;
    QList<Finding> m_findings;
};

} // namespace hubkeeper
