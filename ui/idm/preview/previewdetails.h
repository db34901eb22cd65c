// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/previewjob.h"

#include <QWidget>

class QPlainTextEdit;
class QTabWidget;
class QTreeWidget;

namespace hubkeeper {

class Masking;
class WrappedLabel;

/// One entry of a preview, opened: the reason, the properties old and new, both objects, the link.
/// Reads them in another thread.
class PreviewDetails final : public QWidget
{
    Q_OBJECT

public:
    /// `masking` must outlive it.
    PreviewDetails(const Masking &masking, QWidget *parent);
    ~PreviewDetails() override;

    void show(const std::shared_ptr<const PreviewOutcome> &outcome, const KeptEntry &entry);
    void clear();

    [[nodiscard]] QTreeWidget *properties() const { return m_properties; }
    [[nodiscard]] QPlainTextEdit *source() const { return m_source; }
    [[nodiscard]] QPlainTextEdit *target() const { return m_target; }
    [[nodiscard]] QString headline() const;

signals:
    void failed(const hubkeeper::Error &error);

private:
    struct Opened
    {
        ObjectChange source;
        ObjectChange target;
        QStringList links;
    };

    [[nodiscard]] QPlainTextEdit *objectText(const QString &name, const QString &title);
    void showOpened();
    [[nodiscard]] QString textOf(const std::optional<QJsonObject> &object) const;
    [[nodiscard]] QString shown(const QJsonValue &value) const;

    const Masking &m_masking;
    std::optional<KeptEntry> m_entry;
    std::optional<Opened> m_opened;

    std::unique_ptr<QObject> m_work; // Parent of what is read.
    WrappedLabel *m_headline;
    QTabWidget *m_tabs;
    QTreeWidget *m_properties;
    QPlainTextEdit *m_source;
    QPlainTextEdit *m_target;
    WrappedLabel *m_links;
};

} // namespace hubkeeper
