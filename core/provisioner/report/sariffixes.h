// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/confidential/confidentialtexts.h"
#include "provisioner/report/report.h"

#include <QJsonArray>
#include <QJsonObject>

namespace hubkeeper {

/// The `fixes` of the findings of one file, as SARIF 2.1.0 wants them (sections 3.30 and 3.55 to
/// 3.57): safe ones alone, each replacement where it is in the file as it was checked.
///
/// A report goes to places where the file does not. So a fix is left out if it touches a secret or
/// the place of one, or if what it inserts holds one. Nothing can be said either of standard input,
/// of what is not UTF-8, or of a byte order mark, which has no place in lines and columns.
class SarifFixes
{
public:
    /// `location` is the artifactLocation of the file. The file must outlive this.
    SarifFixes(const CheckedFile &file, QJsonObject location);

    /// Empty if there is none to report.
    [[nodiscard]] QJsonArray of(const Finding &finding);

private:
    void findSecrets();
    [[nodiscard]] bool isReportable(const Fix &fix) const;
    [[nodiscard]] bool touchesSecret(const TextEdit &edit) const;
    [[nodiscard]] bool holdsSecret(const QByteArray &text) const;
    [[nodiscard]] TextPosition positionOf(qsizetype offset) const;
    [[nodiscard]] QJsonObject replacementOf(const TextEdit &edit) const;

    const CheckedFile &m_file;
    const QJsonObject m_location;
    bool m_isRead = false; ///< Most files have no fix.
    bool m_isUtf8 = false;
    JsonText m_text;
    QList<Span> m_secretPlaces;
    ConfidentialTexts m_secrets;
};

} // namespace hubkeeper
