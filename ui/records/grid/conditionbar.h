// SPDX-License-Identifier: MIT
#pragma once

#include "portal/search.h"
#include "records/values/propertynames.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace hubkeeper {

class ConditionRow;

/// The server-side search: words, and conditions that all have to hold.
class ConditionBar final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the bar.
    ConditionBar(ObjectType type, const PropertyNames &names, QWidget *parent);

    /// The definitions or owners became known or changed.
    void namesChanged();
    /// Why a condition is none, as a translated sentence; empty if all are.
    [[nodiscard]] QString fault() const;
    /// Nothing when neither words nor a condition is given. Leaves out what has a fault.
    [[nodiscard]] std::optional<SearchQuery> query() const;
    void clear();
    [[nodiscard]] QLineEdit *words() const { return m_words; }
    [[nodiscard]] const QList<ConditionRow *> &rows() const { return m_rows; }

signals:
    void searchRequested();
    void edited(); ///< Somebody changed a condition, or took one away.

private:
    void addRow();

    const PropertyNames &m_names;
    QLineEdit *m_words;
    QVBoxLayout *m_rowsLayout;
    QList<ConditionRow *> m_rows;
};

} // namespace hubkeeper
