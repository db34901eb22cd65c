// SPDX-License-Identifier: MIT
#include "records/grid/recordurl.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

std::optional<RecordAddress> recordFromUrl(const QString &text)
{
    static const QRegularExpression form(
        u"^/contacts/\\d+/(?:record/(0-1|0-2)|(contact|company))/(\\d+)(?:/.*)?\\z"_s);
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != "https"_L1
        || !(url.host() == "hubspot.com"_L1 || url.host().endsWith(".hubspot.com"_L1)))
        return std::nullopt;
    const auto match = form.match(url.path());
    if (!match.hasMatch())
        return std::nullopt;
    const bool isContact = match.captured(1) == "0-1"_L1 || match.captured(2) == "contact"_L1;
    return RecordAddress {isContact ? ObjectType::Contacts : ObjectType::Companies,
                          match.captured(3)};
}

} // namespace hubkeeper
