// SPDX-License-Identifier: MIT
#pragma once

#include "net/qnamtransport.h"

namespace hubkeeper {

/// Plays the user's browser for the tour: remembers the address it is opened with, and visits it
/// when the tour says so, following the authorize page's redirect back to the waiting program.
class TourBrowser final : public QObject
{
public:
    using QObject::QObject;

    bool open(const QUrl &url);
    void visit();

private:
    void fetch(const QUrl &url);

    QUrl m_url;
    std::vector<std::unique_ptr<QnamTransport>> m_transports;
};

} // namespace hubkeeper
