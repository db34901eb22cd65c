// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/preview.h"

#include <QByteArrayList>
#include <QMetaType>
#include <QString>

#include <functional>
#include <memory>

namespace hubkeeper::test {

/// Two sides, links and one mapping `m`, written as short JSON, and the run of it that is wanted.
struct FactSet
{
    QByteArray mapping = {}; ///< Its further members, each with a comma before it.
    QByteArray links =
        {}; ///< "u1-101 test:u2-102 null-103 other/u1-101", all of mapping m otherwise.
    bool toManaged = false; ///< From contacts to users; the properties are then those of users.
    QByteArray users = {}; ///< "[…]"; empty: u1 and u2.
    QByteArray contacts = {}; ///< "[…]"; empty: 101 with the address of u1.
    QByteArray others = {}; ///< Further mappings, each with a comma before it.
    QByteArray body = {}; ///< Of the run.
    const char *id = nullptr; ///< reconById.
    int runs = 1; ///< The last one is looked at.
};

/// What came of it, in short words: "u1>101 FOUND UPDATE; u2>new ABSENT CREATE; T >102 UNASSIGNED
/// EXCEPTION". "!" follows what failed on the server, "test:" stands before another link qualifier,
/// "T" before what was found on the target's side; a run that breaks off ends with "BROKEN".
struct FactOutcome
{
    QString entries;
    QString links; ///< "u1-101 u2-new".
    QString sent; ///< "UPDATE 101 {…}; …" of connectors; "CREATED …", "UPDATED …" of users.
};

[[nodiscard]] std::unique_ptr<Preview> previewOf(const FactSet &set);
[[nodiscard]] FactOutcome outcomeOf(const FactSet &set);
/// A source object is deleted by hand: what implicit synchronization makes of it.
[[nodiscard]] FactOutcome outcomeOfDeleting(const FactSet &set, const QString &sourceId);

// Rows of a test, and their comparison. Null: whatever there is.
void factColumns();
void factRow(const char *name, const FactSet &set, const char *entries,
             const char *linksAfter = nullptr, const char *sent = nullptr);
void compareFacts(const std::function<FactOutcome(const FactSet &set)> &outcome);

// Pieces of JSON.
extern const QByteArray byMail; ///< Looks for the contact by the address of the user.
extern const QByteArray byUserMail; ///< The other way round.
extern const QByteArray byTree; ///< A tree over the last name.
extern const QByteArray ignoresAbsent; ///< A policy.
extern const QByteArray throws; ///< A script.
[[nodiscard]] QByteArray script(const QByteArray &key, const QByteArray &source);
/// `action` is a word or a script.
[[nodiscard]] QByteArray policy(const QByteArray &situation, const QByteArray &action,
                                const QByteArray &more = {});
[[nodiscard]] QByteArray policies(const QByteArrayList &list);
[[nodiscard]] QByteArray user(const QByteArray &id, const QByteArray &mail,
                              const QByteArray &more = {});
[[nodiscard]] QByteArray contact(const QByteArray &id, const QByteArray &mail,
                                 const QByteArray &more = {});
[[nodiscard]] QByteArray list(const QByteArrayList &objects);

} // namespace hubkeeper::test

Q_DECLARE_METATYPE(hubkeeper::test::FactSet)
