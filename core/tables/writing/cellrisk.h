// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QStringList>

namespace hubkeeper {

/// What becomes of a text when a spreadsheet opens a CSV file that holds it. Quotes around it make
/// no difference. What was seen of LibreOffice 7.4 and what Microsoft says of Excel, in English and
/// German: one of them is enough.
enum class CellRisk {
    None, ///< Stays as it is.
    Changes, ///< Read as a number, a date, a time or a truth value, and written as another text.
    Runs, ///< Begins as formulas do (formulaguard.h), and is not just a number.
};

/// Pure; does not depend on the locale.
[[nodiscard]] CellRisk riskOf(const QString &text);

/// Counts the cells at risk, column by column.
class RiskCount
{
public:
    explicit RiskCount(qsizetype columns);

    /// The cells of a row, as many as there are columns.
    void add(const QStringList &cells);
    [[nodiscard]] qint64 changes() const;
    [[nodiscard]] qint64 runs() const;
    [[nodiscard]] bool isEmpty() const { return changes() + runs() == 0; }
    /// The columns that have cells at risk, those with most of them first.
    [[nodiscard]] QList<qsizetype> columns() const;

private:
    struct Counts
    {
        qint64 changes = 0;
        qint64 runs = 0;
    };
    QList<Counts> m_columns;
};

} // namespace hubkeeper
