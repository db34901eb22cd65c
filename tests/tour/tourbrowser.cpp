// SPDX-License-Identifier: MIT
#include "tourbrowser.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace hubkeeper {

bool TourBrowser::open(const QUrl &url)
{
    m_url = url;
    return true;
}

void TourBrowser::visit()
{
    fetch(m_url);
}

void TourBrowser::fetch(const QUrl &url)
{
    TransportOptions options;
    options.base = QUrl(u"%1://%2:%3"_s.arg(url.scheme(), url.host()).arg(url.port()));
    m_transports.push_back(std::make_unique<QnamTransport>(options));
    HttpRequest request;
    request.path = url.path();
    request.query = QUrlQuery(url.query(QUrl::FullyEncoded));
    request.authorization = Authorization::None;
    m_transports.back()
        ->send(request, Secret(), this)
        ->onDone(this, [this](const Result<HttpReply> &reply) {
            if (reply && reply->status == 302)
                fetch(QUrl::fromEncoded(reply->header("location")));
        });
}

} // namespace hubkeeper
