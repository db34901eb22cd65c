// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

// In a header, since moc cannot read the raw strings of the source.

/// What HubSpot was seen to answer to all other calls (hubspot-api, live behaviour), over real
/// sockets: the rows of that page, by their names.
class TestLiveRoutes : public QObject
{
    Q_OBJECT

private slots:
    void associationBatches();
    void associationsOfV3();
    void removalsOfAssociations();
    void tokens();
    void limits();
    void validationRules();
    void schemas();
};
