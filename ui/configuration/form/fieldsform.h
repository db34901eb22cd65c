// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/formfield.h"
#include "provisioner/rules/finding.h"

#include <QScrollArea>

class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace hubkeeper {

/// Fields under each other, each with its label: those of the document, or those of one entry that
/// may change to another of the same kind.
class FieldsForm final : public QScrollArea
{
    Q_OBJECT

public:
    FieldsForm(const QList<FieldSpec> &specs, QWidget *parent);

    /// Scrolls with the fields, above the first one.
    void addAbove(QWidget *widget);
    [[nodiscard]] const QList<FormField *> &fields() const { return m_fields; }

    /// Null disables. The document must outlive its use here.
    void setDocument(Document *document);
    /// The entry whose values are edited; "" is the document itself.
    void setBase(const QString &base);
    void showValues();
    /// Moves the focus to the field of a value; false if there is none.
    bool showField(const QString &pointer);
    /// Shows findings beside their fields and gives back the others.
    [[nodiscard]] QList<Finding> placed(const QList<Finding> &findings);

signals:
    void failed(const hubkeeper::Error &error);
    void fixWanted(const hubkeeper::Finding &finding);
    void secretsWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addField(const FieldSpec &spec, QSet<QChar> &taken);

    QVBoxLayout *m_column;
    QFormLayout *m_form;
    QList<FormField *> m_fields;
    QList<QLabel *> m_noLabels; // Beside fields that have their own.
};

} // namespace hubkeeper
