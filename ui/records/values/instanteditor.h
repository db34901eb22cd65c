// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertyeditors.h"

class QCalendarWidget;
class QLineEdit;
class QTimeEdit;
class QToolButton;

namespace hubkeeper {

/// An instant in local time, "2026-11-23 14:05:00", with a calendar and a clock beside it; empty is
/// possible. The zone is said in the tip and beside the clock. An instant with a zone of its own
/// may be typed as well.
class InstantEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    InstantEditor(const PropertyDefinition &definition, bool inCell, QWidget *parent);

protected:
    void fill(const QString &text) override;
    [[nodiscard]] QString content() const override;
    [[nodiscard]] TypedValue entered() const override;

private:
    void addPicker();
    void showInPicker();
    void take();

    QLineEdit *m_line;
    QToolButton *m_button;
    QCalendarWidget *m_calendar = nullptr;
    QTimeEdit *m_time = nullptr;
};

/// What a text that somebody typed or pasted means as an instant: as it is shown in the editor, in
/// local time, or as the portal has it.
[[nodiscard]] TypedValue typedInstant(const QString &text);

} // namespace hubkeeper
