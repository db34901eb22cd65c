// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertyeditors.h"

class QLineEdit;
class QMenu;
class QToolButton;

namespace hubkeeper {

/// A day, or days relative to today, in a condition: typed as the locale writes dates, as
/// year-month-day or as a term ("last 7 days"), or picked from a menu with a calendar. Its texts
/// are those of a view's filter: "2026-11-30", "{last 7 days}"; a day of a property with a time is
/// "{2026-11-30}", that day here.
class DateConditionEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    DateConditionEditor(const PropertyDefinition &definition, QWidget *parent);

protected:
    void fill(const QString &text) override;
    [[nodiscard]] QString content() const override;
    [[nodiscard]] TypedValue entered() const override;

private:
    void addTerms(QMenu &menu);
    void addCalendar(QMenu &menu);
    void take(const QString &text);

    const bool m_hasTime;
    QLineEdit *m_line;
    QToolButton *m_button;
};

} // namespace hubkeeper
