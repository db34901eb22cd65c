// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace hubkeeper {

/// The row above a grid: a filter over the loaded rows, columns, raw values, how many there are.
class GridBar final : public QWidget
{
    Q_OBJECT

public:
    /// `id` begins the names of its parts: "contacts" makes "contactsFilter".
    GridBar(const QString &id, QWidget *parent);

    [[nodiscard]] QLineEdit *filter() const { return m_filter; }
    [[nodiscard]] bool wantsRaw() const;
    /// Nothing is loaded.
    void clearCount();
    /// `shown` of `loaded` rows. Where they are not the whole, that is said, with what the portal
    /// has in `total`, if that is known (else -1).
    void showCount(qint64 shown, qint64 loaded, bool isWhole, qint64 total);

signals:
    void filterChanged(const QString &text);
    void columnsWanted();
    void rawToggled(bool raw);

private:
    QLineEdit *m_filter;
    QToolButton *m_raw;
    QLabel *m_count;
};

} // namespace hubkeeper
