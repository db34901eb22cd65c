// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

// In a header, since moc cannot read the raw strings of the source.

/// Rules, limits, both behaviours of each switch, and the control endpoint.
class TestPracticeRules : public QObject
{
    Q_OBJECT

private slots:
    void associationsAgreeFromBothEnds();
    void limitsCalls();
    void enforcesWriteRulesIn2026_09();
    void normalisesDatesIn2026_09();
    void enforcesValidationRules();
    void blocksPurgedAddresses();
    void switchesBothWays_data();
    void switchesBothWays();
    void everySwitchIsListed();
    void controlNeedsTokenAndHost();
    void controlSetsAndResets();
    void logsWithoutSecrets();
    void startsLarge();
};
