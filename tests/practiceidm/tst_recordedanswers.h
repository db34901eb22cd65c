// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

// In a header, since moc cannot read the raw strings of the source.

/// The requests that were recorded on a real OpenIDM 6.3.0, in their order, sent to the practice
/// IDM over real sockets: status, headers named and bodies agree with what was recorded.
class TestRecordedAnswers : public QObject
{
    Q_OBJECT

private slots:
    void answersAgree();
};
