// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/findings/jsonpointers.h"
#include "provisioner/document/document.h"
#include "provisioner/rules/finding.h"

#include <QStandardItemModel>

namespace hubkeeper {

/// The members of one object of the document, whatever they are, down to the last value, and edited
/// there: each edit is one step of the document. Rows stay the same rows by their place, so that
/// cursor and open branches survive an edit of a value or a name.
class ValueTreeModel final : public QStandardItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, KindColumn, ColumnCount };
    enum Role {
        PointerRole = pointerRole, ///< QString: JSON pointer of the value.
        HolderRole, ///< bool: members can be added to it.
    };

    /// `step` is what undo calls an edit, with the name of the member in place of %1. Members of
    /// `fixedNames` are shown first and always, and keep their names.
    ValueTreeModel(QString step, QStringList fixedNames, QObject *parent);

    /// The object whose members are shown; it need not be there. Null empties. The document must
    /// outlive its use here.
    void setPlace(Document *document, const QString &base);
    /// Reads the document again. While its text is not valid JSON the last state stays.
    void refresh();
    void setFindings(const QList<Finding> &findings);

    [[nodiscard]] const QString &base() const { return m_base; }
    [[nodiscard]] bool isSet(const QModelIndex &index) const;
    /// The row a pointer is in, or none.
    [[nodiscard]] QModelIndex indexOf(const QString &pointer) const;

    /// A new member, or element of a list, with a free name made of `name`; its pointer is
    /// returned. What it belongs into is made where it is missing.
    [[nodiscard]] Result<QString> add(const QString &holder, const QString &name,
                                      const QByteArray &json);
    /// As one step.
    [[nodiscard]] Result<void> remove(const QStringList &pointers);

    /// False with failed() if the value cannot be taken.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void failed(const hubkeeper::Error &error);

private:
    struct Member
    {
        QString name;
        QString pointer;
        int node = JsonText::none;
        bool hasFixedName = false;
    };

    [[nodiscard]] QByteArray rawNow() const;
    [[nodiscard]] QList<Member> topMembers() const;
    [[nodiscard]] QList<Member> membersOf(const Member &holder) const;
    void take(QStandardItem *holder, const QList<Member> &members);
    void show(QStandardItem *holder, int row, const Member &member);
    void showMarks(QStandardItem *holder);
    [[nodiscard]] QString shownValue(int node) const;
    [[nodiscard]] QString kindOf(int node) const;

    const QString m_step;
    const QStringList m_fixedNames;
    Document *m_document = nullptr;
    QString m_base;
    QByteArray m_shown; // JSON text of what is shown.
    QList<Finding> m_findings;
};

} // namespace hubkeeper
