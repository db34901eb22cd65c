// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertyeditors.h"

#include <QDialog>

class QDialogButtonBox;
class QFormLayout;
class QLabel;

namespace hubkeeper {

/// Asks for the first values of a new record: the usual ones, further ones to be added. Checks
/// what the portal would refuse before the record is staged (hubspot-api 4.5).
class NewRecordDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `names` must outlive the dialog.
    NewRecordDialog(ObjectType type, const PropertyNames &names, QWidget *parent);

    /// Only those with a value.
    [[nodiscard]] QHash<QString, QString> properties() const;

private:
    void addField(const QString &property);
    void chooseField();
    void checkAndAccept();
    [[nodiscard]] QString refusal() const;

    const ObjectType m_type;
    const PropertyNames &m_names;
    QFormLayout *m_form;
    QLabel *m_fault;
    QList<std::pair<QString, PropertyEditor *>> m_fields;
};

} // namespace hubkeeper
