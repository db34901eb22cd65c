// SPDX-License-Identifier: MIT
#pragma once

namespace hubkeeper {

// Places and values that the examples of several stages have in common.

inline constexpr auto emailPlace = "/objectTypes/contact/properties/email";
inline constexpr auto goodEmail =
    R"({"type": "string", "nativeName": "email", "nativeType": "string"})";
inline constexpr auto secretPlace = "/configurationProperties/clientSecret";
inline constexpr auto substitutedSecret = R"("&{hubspot.client.secret}")";
inline constexpr auto optionsPlace = "/operationOptions";
inline constexpr auto systemActionsPlace = "/systemActions";
inline constexpr auto goodSystemActions = R"([{"scriptId": "probe", "actions": [
    {"systemType": ".*HubspotConnector", "actionType": "groovy", "actionSource": "1 + 1"}]}])";

} // namespace hubkeeper
