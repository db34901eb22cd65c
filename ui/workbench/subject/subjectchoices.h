// SPDX-License-Identifier: MIT
#pragma once

#include "workbench/subject/recordssubject.h"

#include <QComboBox>
#include <QListWidget>

namespace hubkeeper {

/// The selected records, or all that are shown. Where more than one is selected, those; else all,
/// since the grid always has a current record.
class ExtentBox final : public QComboBox
{
    Q_OBJECT

public:
    ExtentBox(const RecordsSubject &subject, QWidget *parent);

    [[nodiscard]] RecordsSubject::Extent extent() const;
    void setExtent(RecordsSubject::Extent extent);
};

/// Properties, each with a tick or without; the tip of one is its name.
class PropertyChecklist final : public QListWidget
{
    Q_OBJECT

public:
    /// Shows so many lines, and scrolls.
    PropertyChecklist(int lines, QWidget *parent);

    void add(const QString &property, const QString &label, bool isTicked);
    /// In their order.
    [[nodiscard]] QStringList ticked() const;
    /// These, and no others; the first of them comes into sight.
    void tickOnly(const QStringList &properties);
};

} // namespace hubkeeper
