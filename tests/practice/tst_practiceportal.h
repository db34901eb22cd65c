// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

// In a header, since moc cannot read the raw strings of the source.

/// hubspot-api 14, point by point, over real sockets.
class TestPracticePortal : public QObject
{
    Q_OBJECT

private slots:
    void routesOfEveryVersion_data();
    void routesOfEveryVersion();
    void namesEveryPropertyFault_data();
    void namesEveryPropertyFault();
    void keepsSystemProperties();
    void listsToTheEnd();
    void generatesTheSameFromTheSameSeed();
    void generatedRecordsAreValid();
    void searchOperators_data();
    void searchOperators();
    void searchSeesWritesAfterTheDelay();
};
