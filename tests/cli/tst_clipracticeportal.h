// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <memory>

namespace hubkeeper::test {
class ServedPortal;
}

// In a header, since moc cannot read the raw strings of the source.

/// `hubkeeper-cli practice` as a process: each option of its help, each switch, fault and order of
/// the control endpoint, by what a plain client sees over HTTP.
class TestCliPracticePortal : public QObject
{
    Q_OBJECT

public:
    TestCliPracticePortal();
    ~TestCliPracticePortal() override;

private slots:
    void initTestCase();
    void cleanupTestCase();

    void everyOptionHasARow();
    void option_data();
    void option();
    void listsFaultsAndSwitches();
    void seedMakesOtherRecords();
    void badOptions_data();
    void badOptions();
    void certificateThatIsNotThere();
    void everyOrderHasARow();
    void order_data();
    void order();
    void badOrders_data();
    void badOrders();
    void switchByControl_data();
    void switchByControl();
    void everyFaultHasARow();
    void fault_data();
    void fault();
    void unauthorizedAfterSomeCalls();

private:
    std::unique_ptr<hubkeeper::test::ServedPortal> m_portal;
};
