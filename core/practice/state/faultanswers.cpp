// SPDX-License-Identifier: MIT
#include "practice/state/faultanswers.h"

#include "practice/state/answers.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// The value with members of every type in each of its objects that no document names.
QJsonValue withUnknownFields(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray array;
        const QJsonArray entries = value.toArray();
        for (const QJsonValue &entry : entries)
            array.append(withUnknownFields(entry));
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject object {{u"aaNew"_s, QJsonArray {1.5e300, QJsonValue(), QJsonObject()}},
                        {u"zzNew"_s, QJsonObject {{u"id"_s, true}}}};
    const QJsonObject members = value.toObject();
    for (auto it = members.begin(); it != members.end(); ++it)
        object.insert(it.key(), withUnknownFields(it.value()));
    return object;
}

} // namespace

void spoil(Answer &answer, const Fault &fault)
{
    switch (fault.kind) {
    case FaultKind::Delay:
        answer.delivery.delay += fault.pause;
        break;
    case FaultKind::CloseBeforeWork:
    case FaultKind::CloseAfterWork:
        answer.delivery.ending = Ending::Drop;
        break;
    case FaultKind::ResetBeforeWork:
    case FaultKind::ResetAfterWork:
        answer.delivery.ending = Ending::Reset;
        break;
    case FaultKind::SilenceBeforeWork:
    case FaultKind::SilenceAfterWork:
        answer.delivery.ending = Ending::Silent;
        break;
    case FaultKind::CutBody:
        answer.delivery.ending = Ending::Cut;
        answer.delivery.cutAfter = answer.body.size() / 2;
        break;
    case FaultKind::BrokenJson:
        answer.body.truncate(answer.body.size() / 2);
        break;
    case FaultKind::SlowBody:
        answer.delivery.chunkBytes = std::max<qsizetype>(1, answer.body.size() / 8);
        answer.delivery.chunkPause = fault.pause;
        break;
    case FaultKind::EndlessBody:
        answer.delivery.ending = Ending::Endless;
        break;
    case FaultKind::WrongShape:
        answer.status = 200;
        answer.body = R"({"results":{"id":[17]},"properties":"none","access_token":5,"paging":[]})";
        break;
    case FaultKind::PlainText:
        answer.status = 200;
        answer.contentType = "text/plain";
        answer.body = "All is well.\n";
        break;
    case FaultKind::UnknownFields:
        if (const auto document = QJsonDocument::fromJson(answer.body); document.isObject())
            answer.body = QJsonDocument(withUnknownFields(document.object()).toObject())
                              .toJson(QJsonDocument::Compact);
        break;
    case FaultKind::StatusAfterWork: {
        const Answer page = toAnswer(htmlReply(fault.status));
        answer.status = page.status;
        answer.contentType = page.contentType;
        answer.body = page.body;
        break;
    }
    default:
        break;
    }
}

} // namespace hubkeeper::practice
