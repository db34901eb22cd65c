// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

// In a header, since moc cannot read the raw strings of the source.

/// The contract of idm-rest.md as far as it is about single requests: each of them in each profile.
class TestIdmRequests : public QObject
{
    Q_OBJECT

private slots:
    void request_data();
    void request();
    void withoutRequestedWith_data();
    void withoutRequestedWith();
};
