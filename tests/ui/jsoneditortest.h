// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/findings/documentfindings.h"
#include "configuration/text/jsoneditor.h"
#include "configuration/text/textpane.h"
#include "provisioner/document/document.h"
#include "testkit/warnings.h"

#include <QTest>

namespace hubkeeper::test {

/// A text pane on a document, for tests that type at it with real keys.
class JsonEditorTest : public QObject
{
protected:
    void start()
    {
        failOnUnexpectedWarnings();
        m_findings = std::make_unique<DocumentFindings>(nullptr);
        m_pane = std::make_unique<TextPane>(*m_findings, nullptr);
        m_pane->resize(800, 500);
    }
    void end()
    {
        m_pane.reset();
        m_findings.reset();
        m_document.reset();
    }

    void open(const QByteArray &bytes)
    {
        m_pane->setDocument(nullptr);
        m_document = Document::fromBytes(bytes);
        m_pane->setDocument(m_document.get());
        m_findings->setDocument(m_document.get());
        m_pane->show();
        m_pane->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
        editor()->setFocus();
    }

    void put(const char *before)
    {
        const qsizetype at = m_document->bytes().indexOf(before);
        QVERIFY(at >= 0);
        editor()->goToOffset(at + qsizetype(qstrlen(before)));
    }

    [[nodiscard]] QString text() const { return editor()->toPlainText(); }
    [[nodiscard]] JsonEditor *editor() const { return m_pane->editor(); }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(editor(), Qt::Key(key), modifiers);
    }
    void type(const QString &keys) const { QTest::keyClicks(editor(), keys); }

    std::unique_ptr<Document> m_document;
    std::unique_ptr<DocumentFindings> m_findings;
    std::unique_ptr<TextPane> m_pane;
};

} // namespace hubkeeper::test
