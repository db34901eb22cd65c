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
    } kind;
    int count = 0;
    QString text; ///< One sentence.
};

/// "nullSourceLinks": never changes.
[[nodiscard]] QString nameOf(ReconWarning::Kind kind);

/// What there is to say about the last run of the preview.
[[nodiscard]] QList<ReconWarning> warningsOf(const Preview &preview, const ReconResult &result,
                                             const ReconRequest &request);

} // namespace hubkeeper
