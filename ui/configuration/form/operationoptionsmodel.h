// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/findings/jsonpointers.h"
#include "provisioner/document/document.h"
#include "provisioner/rules/finding.h"

#include <QStandardItemModel>

namespace hubkeeper {

/// operationOptions (idm-connector 2.7) as a tree: a row for each operation, and for each other
/// member that is there; below it the object types of its objectFeatures. Says in words what each
/// denies. A renamed object type is one step of the document.
class OperationOptionsModel final : public QStandardItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, StateColumn, ColumnCount };
    enum Role { PointerRole = pointerRole }; ///< QString: JSON pointer of the entry.

    explicit OperationOptionsModel(QObject *parent);

    /// The document must outlive its use here. Null empties.
    void setDocument(Document *document);
    /// Reads the document again. While its text is not valid JSON the last state stays.
    void refresh();
    void setFindings(const QList<Finding> &findings);

    /// The entry a pointer is in, or none.
    [[nodiscard]] QModelIndex indexOf(const QString &pointer) const;

    /// Options of an operation for one object type. Fails with InvalidInput for an empty or taken
    /// name; the pointer of the new entry is returned.
    [[nodiscard]] Result<QString> addObjectType(const QString &operation, const QString &type);
    /// Takes an entry out of the file.
    [[nodiscard]] Result<void> remove(const QString &pointer);

    /// False with failed() if the name cannot be taken.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void failed(const hubkeeper::Error &error);

private:
    void show(QStandardItem *holder, int row, const QString &name, const QString &pointer);
    void showFeatures(QStandardItem *operation, const QString &pointer);
    void showMark(QStandardItem *item);
    [[nodiscard]] QString stateOf(const QString &pointer) const;

    Document *m_document = nullptr;
    std::optional<QByteArray> m_shown; // JSON text of what is shown.
    QList<Finding> m_findings;
};

} // namespace hubkeeper
