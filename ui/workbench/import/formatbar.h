// SPDX-License-Identifier: MIT
#pragma once

#include "tables/rows/tablerow.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace hubkeeper {

/// How a file is built: what was found out, and what a person sets instead. Shows only what the
/// kind of file has.
class FormatBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FormatBar(QWidget *parent);

    /// For another file: everything is found out.
    void reset();
    /// What the reader found, or was given.
    void showFormat(const TableFormat &format);
    [[nodiscard]] TableOptions options() const;
    void setOptions(const TableOptions &options);
    /// In the order of Tab.
    [[nodiscard]] QList<QWidget *> fields() const;

signals:
    /// A person has set something: the file has to be read again.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QComboBox *addBox(const QString &name, const QString &label);
    void fill();
    void connectBoxes();
    void take();
    void show(QComboBox *box, bool isShown);
    void takeTyped(QComboBox *box);

    QComboBox *m_encoding;
    QComboBox *m_separator;
    QComboBox *m_quote;
    QComboBox *m_header;
    QComboBox *m_sheet;
    TableOptions m_last; // What was asked for last.
};

} // namespace hubkeeper
