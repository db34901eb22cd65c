// SPDX-License-Identifier: MIT
#pragma once

#include "workbench/subject/recordssubject.h"

#include <QDateTime>
#include <QWidget>

class QComboBox;
class QDateTimeEdit;

namespace hubkeeper {

class ExtentBox;
class PropertyChecklist;
class PropertyNames;

/// Which moment, for which records and properties.
class AsOfChoices final : public QWidget
{
    Q_OBJECT

public:
    /// Properties that can be set are offered, all with a tick. `names` must outlive it.
    AsOfChoices(const PropertyNames &names, const RecordsSubject &subject, QWidget *parent);

    [[nodiscard]] QDateTime moment() const; ///< Not later than now.
    [[nodiscard]] RecordsSubject::Extent extent() const;
    [[nodiscard]] QStringList properties() const; ///< With a tick.

signals:
    void changed();

private:
    void build(const PropertyNames &names, const RecordsSubject &subject);
    void takePreset();

    QComboBox *m_preset;
    QDateTimeEdit *m_moment;
    ExtentBox *m_extent;
    PropertyChecklist *m_properties;
};

} // namespace hubkeeper
