// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "practice/wire/wire.h"

#include <QJsonObject>
#include <QRegularExpression>

#include <optional>

namespace hubkeeper::practice {

/// What goes wrong (hubspot-api 14, point 14). "Work" is what the portal would do and store.
enum class FaultKind {
    Delay, ///< Works, answers after Fault::pause.
    CloseBeforeWork, ///< Reads the request, does nothing, closes without a byte.
    CloseAfterWork, ///< Works, then closes without a byte.
    ResetBeforeWork, ///< As CloseBeforeWork, with a connection reset.
    ResetAfterWork, ///< As CloseAfterWork, with a connection reset.
    SilenceBeforeWork, ///< Does nothing and never answers.
    SilenceAfterWork, ///< Works and never answers.
    CutBody, ///< Works, answers with the head and half of the body, then closes.
    BrokenJson, ///< Works, answers with half of the JSON in a whole body.
    SlowBody, ///< Works, answers in chunks of a few bytes with Fault::pause between.
    EndlessBody, ///< Works, answers with a body that never ends.
    WrongShape, ///< Works, answers 200 with JSON of another shape.
    PlainText, ///< Works, answers 200 with text that is not JSON.
    UnknownFields, ///< Works, every object of the answer has members nobody knows.
    Status, ///< Does nothing, answers Fault::status with an HTML page.
    StatusAfterWork, ///< Works, then answers Fault::status with an HTML page.
    StatusJson, ///< Does nothing, answers Fault::status with an error body.
    EmptyNotFound, ///< Does nothing, answers 404 without a body.
    Locked, ///< 423 with an error body.
    Moving, ///< 477 with Retry-After of Fault::pause.
    Unauthorized, ///< 401 EXPIRED_AUTHENTICATION.
    RateTenSecondly, ///< 429 TEN_SECONDLY_ROLLING.
    RateSecondly, ///< 429 SECONDLY.
    RateDaily, ///< 429 DAILY.
};

/// One line of a fault script: "the 7th POST matching this path: close after the write".
struct Fault
{
    FaultKind kind = FaultKind::Delay;
    QByteArray method; ///< Empty: any.
    QRegularExpression path; ///< Found anywhere in the path; empty: any.
    int nth = 1; ///< The first matching request that is hit, from 1.
    int times = 1; ///< How many from there on; -1: all.
    int status = 500; ///< For the Status kinds.
    std::chrono::milliseconds pause {1000}; ///< For Delay, SlowBody, Moving.
};

/// The kind's name in scripts: "closeAfterWork", "status", ...
[[nodiscard]] QString nameOf(FaultKind kind);

/// The names of all kinds, for help texts.
[[nodiscard]] QStringList faultNames();

/// Reads {"kind":"closeAfterWork","method":"POST","path":"/contacts$","nth":7,"times":1,
/// "status":502,"pauseMs":300}; only kind is needed. InvalidInput for anything unknown.
[[nodiscard]] Result<Fault> faultFromJson(const QJsonObject &json);

/// The same on a command line: "closeAfterWork,method=POST,path=/contacts$,nth=7". A path with a
/// comma needs the JSON form, which is taken too.
[[nodiscard]] Result<Fault> faultFromText(QStringView text);

/// The faults still to come, and how far each has counted.
class FaultScript
{
public:
    void add(Fault fault) { m_rows.append({std::move(fault), 0}); }
    void clear() { m_rows.clear(); }
    [[nodiscard]] qsizetype size() const { return m_rows.size(); }

    /// Places of faults, in the order of adding, whose turn has not come.
    [[nodiscard]] QList<qsizetype> unfired() const;

    /// Counts this request in every row that matches it; the first row that is due is returned.
    [[nodiscard]] std::optional<Fault> next(const Received &request);

private:
    struct Row
    {
        Fault fault;
        int seen = 0;
    };
    QList<Row> m_rows;
};

} // namespace hubkeeper::practice
