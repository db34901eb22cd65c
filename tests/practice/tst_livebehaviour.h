// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

// In a header, since moc cannot read the raw strings of the source.

/// What HubSpot was seen to answer to calls of records (hubspot-api, live behaviour), over real
/// sockets: the rows of that page, by their names.
class TestLiveBehaviour : public QObject
{
    Q_OBJECT

private slots:
    void takenValues();
    void takenAddresses();
    void batchConflicts();
    void upserts();
    void deletesAndIds();
    void valueFaults_data();
    void valueFaults();
    void newContacts();
    void additionalAddresses();
    void mergesMakeNewIds();
    void pagingLinks();
    void searchFaults();
};
