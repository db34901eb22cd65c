// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

/// The one place that asks for Qt's version. Everything else is written for Qt 6.4 and runs
/// unchanged on newer ones.
namespace hubkeeper {

/// QNetworkAccessManager can be told how many HTTP/1.1 connections a host may have
/// (QHttp1Configuration); before, it is six.
inline constexpr bool qtHasHttp1Configuration = QT_VERSION >= QT_VERSION_CHECK(6, 5, 0);

} // namespace hubkeeper
