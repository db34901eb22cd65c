// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"

#include <optional>

namespace hubkeeper {

/// A record that an address in HubSpot's own interface shows.
struct RecordAddress
{
    ObjectType type = ObjectType::Contacts;
    QString id;

    bool operator==(const RecordAddress &) const = default;
};

/// By the address of a contact or a company, as a browser shows it:
/// https://app.hubspot.com/contacts/12345678/record/0-1/101, or the older form with /contact/101.
/// The text is that address and nothing else; nothing for any other text.
[[nodiscard]] std::optional<RecordAddress> recordFromUrl(const QString &text);

} // namespace hubkeeper
