// SPDX-License-Identifier: MIT
#pragma once

#include <QTimeZone>

/// The one place that asks for Qt's version. Everything else is written for Qt 6.4 and runs
/// unchanged on newer ones.
namespace hubkeeper {

/// QNetworkAccessManager can be given how many HTTP/1.1 connections a host may have
/// (QHttp1Configuration); before, it is six.
inline constexpr bool qtHasHttp1Configuration = QT_VERSION >= QT_VERSION_CHECK(6, 5, 0);

/// UTC, as the functions of QDateTime take it: a time zone from Qt 6.5 on, which deprecates the
/// other form.
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
inline constexpr QTimeZone::Initialization utc = QTimeZone::UTC;
#else
inline constexpr Qt::TimeSpec utc = Qt::UTC;
#endif

} // namespace hubkeeper
