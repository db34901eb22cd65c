// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/fieldsform.h"

class QLabel;
class QStackedWidget;

namespace hubkeeper {

/// What an object type or an attribute has besides the columns of the tree, in fields.
class EntryDetail final : public QWidget
{
    Q_OBJECT

public:
    explicit EntryDetail(QWidget *parent);

    /// Null disables. The document must outlive its use here.
    void setDocument(Document *document);
    /// `name` is for people; an empty pointer disables.
    void setEntry(EntryKind kind, const QString &pointer, const QString &name);
    void showValues();
    /// Moves the focus to the field of a value; false if there is none.
    bool showField(const QString &pointer);
    /// Shows findings beside their fields and gives back the others.
    [[nodiscard]] QList<Finding> placed(const QList<Finding> &findings);

signals:
    void failed(const hubkeeper::Error &error);
    void fixWanted(const hubkeeper::Finding &finding);

private:
    [[nodiscard]] FieldsForm *fields() const;

    QLabel *m_name;
    FieldsForm *m_type;
    FieldsForm *m_attribute;
    QStackedWidget *m_stack;
};

} // namespace hubkeeper
