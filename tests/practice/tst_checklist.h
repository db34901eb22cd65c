// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

// In a header, since moc cannot read the raw strings of the source.

/// hubspot-api 14, one row for each of its eighteen lines.
class TestChecklist : public QObject
{
    Q_OBJECT

private slots:
    void line_data();
    void line();
    void setsUpBeforeTheStart();
};
