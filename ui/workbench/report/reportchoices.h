// SPDX-License-Identifier: MIT
#pragma once

#include "workbench/subject/recordssubject.h"

#include <QWidget>

class QLineEdit;

namespace hubkeeper {

class ExtentBox;
class PropertyChecklist;
class PropertyNames;

/// What a report looks at: which records, which properties have to have a value, of which country
/// phone numbers without a country code are.
class ReportChoices final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive it.
    ReportChoices(const PropertyNames &names, const RecordsSubject &subject, QWidget *parent);

    [[nodiscard]] RecordsSubject::Extent extent() const;
    [[nodiscard]] QStringList required() const; ///< Properties.
    void setCountry(const QString &country);
    [[nodiscard]] QString country() const; ///< In capitals; not checked.

signals:
    void changed();

private:
    ExtentBox *m_extent;
    PropertyChecklist *m_required;
    QLineEdit *m_country;
};

} // namespace hubkeeper
