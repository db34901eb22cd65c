// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

// In a header, since moc cannot read the raw strings of the source.

/// The contract of idm-rest.md, sections 1, 2, 3, 6, 7 and 9, against the practice IDM: what takes
/// several requests. Single ones are in tst_idmrequests.
class TestIdmContract : public QObject
{
    Q_OBJECT

private slots:
    void logins();
    void cookies();
    void configurationByProfile();
    void registrationTakesTime();
    void namesAndSystems();
    void secrets();
    void missingBundle();
    void linksOfTheRepository();
    void analysis();
    void cancelledRun();
    void runAsItComes();
    void implicitSynchronisation();
    void readiness();
    void faults();
};
