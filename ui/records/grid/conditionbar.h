// SPDX-License-Identifier: MIT
#pragma once

#include "portal/search.h"
#include "records/values/propertynames.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace hubkeeper {

/// The server-side search: words, and rows of property, operator and value that all have to hold.
class ConditionBar final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the bar.
    ConditionBar(const PropertyNames &names, QWidget *parent);

    /// The definitions became known or changed.
    void namesChanged();
    /// Nothing when neither words nor a condition is given.
    [[nodiscard]] std::optional<SearchQuery> query() const;
    void clear();
    [[nodiscard]] QLineEdit *words() const { return m_words; }

signals:
    void searchRequested();

private:
    struct Row
    {
        QWidget *widget;
        QComboBox *property;
        QComboBox *op;
        QLineEdit *value;
        QLineEdit *high;
    };

    void addRow();
    void removeRow(QWidget *row);
    void fillProperties(QComboBox *box) const;
    void showFields(const Row &row);
    [[nodiscard]] static SearchFilter filterOf(const Row &row);

    const PropertyNames &m_names;
    QLineEdit *m_words;
    QVBoxLayout *m_rowsLayout;
    std::vector<Row> m_rows;
};

} // namespace hubkeeper
