// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/findings/jsonpointers.h"
#include "provisioner/document/document.h"
#include "provisioner/rules/finding.h"

#include <QAbstractItemModel>

namespace hubkeeper {

/// The object types of a provisioner with their attributes, as they stand in the document, and
/// edited there: each edit is one step of the document, and the model follows its changes. Rows
/// stay the same rows where they can, so that selection and open branches survive.
class ObjectTypesModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        TypeColumn,
        NativeTypeColumn,
        NativeNameColumn,
        RequiredColumn,
        FlagsColumn,
        ColumnCount,
    };
    enum Role {
        PointerRole = pointerRole, ///< QString: JSON pointer of the entry.
        FlagsRole, ///< QStringList.
    };

    using QAbstractItemModel::QAbstractItemModel;

    /// The document must outlive its use here. Null empties.
    void setDocument(Document *document);
    /// Reads the document again. While its text is not valid JSON the last state stays.
    void refresh();
    void setFindings(const QList<Finding> &findings);

    [[nodiscard]] bool isAttribute(const QModelIndex &index) const;
    /// The entry a pointer is in, or none.
    [[nodiscard]] QModelIndex indexOf(const QString &pointer) const;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void failed(const hubkeeper::Error &error);

private:
    struct Entry
    {
        QString key;
        QString pointer;
        std::array<QString, ColumnCount> cells; ///< By column; those of others are empty.
        QStringList flags;
        bool required = false;

        bool operator==(const Entry &) const = default;
    };
    struct Type
    {
        Entry entry;
        QList<Entry> attributes;
    };
    using Types = std::vector<std::unique_ptr<Type>>;

    [[nodiscard]] static Types typesOf(const JsonText &text);
    [[nodiscard]] const Entry &entryOf(const QModelIndex &index) const;
    void takeTypes(Types next);
    void takeAttributes(int row, const QList<Entry> &next);
    void takeEntry(Entry &entry, const Entry &next, const QModelIndex &index);
    [[nodiscard]] Result<void> write(const QModelIndex &index, const QVariant &value);
    [[nodiscard]] Result<void> writeMember(const Entry &entry, const QString &member,
                                           const QString &text, const QString &step);

    Document *m_document = nullptr;
    Types m_types;
    QList<Finding> m_findings;
};

} // namespace hubkeeper
