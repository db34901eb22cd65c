// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/mergeplan.h"

namespace hubkeeper {

class Session;

/// Whose value a property gets by a merge.
enum class MergeSource { Primary, Merged, Both };
/// "primary", "merged", "both".
[[nodiscard]] QString nameOf(MergeSource source);

/// One property of a merge.
struct MergeLine
{
    QString property;
    QString primary; ///< What the record that stays has.
    QString merged; ///< What the other one has.
    QString result; ///< What is left by HubSpot's rules, or by choice.
    MergeSource source = MergeSource::Primary;
    bool isChosen = false; ///< Not by HubSpot's rules.

    /// Both have a value, and one of them goes.
    [[nodiscard]] bool isLoss() const
    {
        return !merged.isEmpty() && merged != result && source != MergeSource::Both;
    }
};

/// What a merge would do.
struct MergePreview
{
    ObjectType type = ObjectType::Contacts;
    RecordImage primary;
    RecordImage merged;
    QList<MergeLine> lines; ///< Of properties that one of the two has, by name.
    QList<ImageLink> moving; ///< Links of the second record that the first does not have.
    QStringList warnings; ///< Sentences.
    /// Properties by which IDM finds one of the two, with the value that goes.
    QList<std::pair<QString, QString>> lostKeys;
    QStringList correlated; ///< The properties by which IDM is taken to find the records.
    QString correlatedFrom; ///< A sentence: who says so.
    QStringList computed; ///< Properties that HubSpot computes anew.
    RowChange row; ///< To be staged.
};

/// What somebody wants of a merge.
struct MergeWish
{
    ObjectType type = ObjectType::Contacts;
    QString primaryId;
    QString mergedId;
    /// By property: a text of one's own (or of the second record) instead of HubSpot's choice.
    QHash<QString, QString> wanted;
    QStringList fromMerged; ///< Properties that get the second record's value.
    /// By which IDM finds the record; empty: the e-mail address of contacts, the domain of
    /// companies.
    QStringList correlated;
    /// They were found, not named: a sentence that says where. Those that the portal lacks are
    /// passed over.
    QString correlatedFrom;
};

/// Pure: `wish` about two records as they are.
[[nodiscard]] MergePreview previewOf(const MergeWish &wish, const RecordImage &primary,
                                     const RecordImage &merged,
                                     const QList<PropertyDefinition> &definitions);

/// Records as they are, whole, and what the portal says of their properties.
struct MergeImages
{
    QList<RecordImage> images; ///< In the order of the ids.
    QList<PropertyDefinition> definitions;
};

/// Reads records whole, one after the other. `properties` must be known to the portal. Fails with
/// InvalidInput (a record twice, an unknown property), NotFound, Conflict where one of them was
/// merged away (mergedAway()), and as requests do. `session` must outlive the call.
[[nodiscard]] Call<MergeImages> *readMergeImages(Session &session, ObjectType type,
                                                 const QStringList &ids,
                                                 const QStringList &properties, QObject *parent);

/// Reads both records whole, as readMergeImages().
[[nodiscard]] Call<MergePreview> *previewMerge(Session &session, MergeWish wish, QObject *parent);

} // namespace hubkeeper
