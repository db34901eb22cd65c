// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/preview.h"

namespace hubkeeper {

/// Damage that a reconciliation does without a word, or what makes its result other than it looks
/// (recon-vectors/facts.md, the rules marked "!").
struct ReconWarning
{
    enum Kind {
        NullSourceLinks, ///< They break every later run of the mapping.
        OtherQualifierDeleted, ///< A target that is linked under another qualifier is deleted.
        OtherSourcesTarget, ///< The target of another source is deleted; its link stays.
        DeletedAfterFailure, ///< Unassigned targets are deleted while sources failed.
        WrittenForEver, ///< An UPDATE that changes nothing: null is not absent.
        LinkToNowhere, ///< A new link whose target does not exist.
        BlindSearch, ///< Values that managed objects are never found by.
        WipedFields, ///< A query of some fields counts as the whole objects.
        FirstRunAfterChange, ///< With ten threads scripts fail by chance after they changed.
        ChangedMeanwhile, ///< The server's objects changed while they were read.
        ByAssignments, ///< Values that role assignments lay over the mapped ones.
        UncheckedPolicies, ///< Of the target's schema, that only the server checks.
        HiddenValues, ///< What REST does not show, and a mapping uses.
        FilterNotApplied, ///< A filter of which the side evaluates less than it says.
    } kind;
    int count = 0;
    QString text; ///< One sentence.
};

/// "nullSourceLinks": never changes.
[[nodiscard]] QString nameOf(ReconWarning::Kind kind);

/// Watches the entries of a run, and says what there is to warn of when it is over. Keeps ids of
/// deleted targets, nothing else.
class DamageWatch
{
public:
    void take(const ReconEntry &entry);
    [[nodiscard]] QList<ReconWarning> warnings(const Preview &preview, const QString &mapping,
                                               const ReconRequest &request) const;

private:
    QStringList m_unassigned; ///< Deleted.
    int m_ofOtherSource = 0;
    int m_undecided = 0;
};

} // namespace hubkeeper
