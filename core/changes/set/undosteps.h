// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changerows.h"

#include <QSet>

namespace hubkeeper {

/// The steps of a change set that can be taken back and forth.
///
/// A step keeps one image of each of its rows: how the row was before the step or, once the step
/// is undone, after it. Taking it back swaps images and rows. With a store the images are on the
/// disk; memory holds those the writer has not written yet, and no more than some thousand.
class UndoSteps
{
public:
    explicit UndoSteps(ChangeRows &rows)
        : m_rows(rows)
    {
    }

    void attach(const ChangeFile::Overview &overview);

    void open(const QString &name) { m_openName = name; }
    /// Adds how a row was before to the step that is open; `name` names it unless it has a name.
    /// Only the first image of a row in a step counts.
    void record(NumberedRow before, const QString &name);
    /// The number a row had earlier in the open step, before it was dropped; 0 if it had none.
    [[nodiscard]] qint64 droppedAs(const RowKey &key) const { return m_dropped.value(key); }
    void noteDropped(const RowKey &key, qint64 sequence) { m_dropped.insert(key, sequence); }
    /// Ends the step; an empty one leaves no trace.
    void close();
    void forget();
    /// Where a step that somebody else writes into the file goes; it takes the place of what was
    /// undone.
    [[nodiscard]] int nextStep() const { return int(m_done); }
    /// It is written.
    void adopt(const StepTitle &title);

    [[nodiscard]] bool canGoBack() const { return m_done > 0; }
    [[nodiscard]] bool canGoForward() const { return m_done < m_steps.size(); }
    [[nodiscard]] QString backName() const { return m_steps[m_done - 1].title.name; }
    [[nodiscard]] QString forwardName() const { return m_steps[m_done].title.name; }
    /// Rows of the step that undo (or redo) would take.
    [[nodiscard]] int size(bool back) const { return stepAt(back).title.rows; }
    /// Whether its images can be had; if not, the writer is not that far yet.
    [[nodiscard]] bool isReady(bool back) const;

    /// Swapping: begin(), then images from that sequence number on, at most `most` at a time, each
    /// given back with putImage() before its row changes, and move() after the last one. A program
    /// that ends in between finds all rows as they were before begin() when it starts again.
    void begin(bool back);
    [[nodiscard]] std::vector<NumberedRow> images(bool back, qint64 first, int most);
    void putImage(bool back, NumberedRow image);
    void move(bool back);

    void onWritten(quint64 ticket);
    /// Why images could not be read, once.
    [[nodiscard]] std::optional<Error> takeFault() { return std::exchange(m_fault, {}); }

private:
    struct Step
    {
        StepTitle title;
        std::vector<NumberedRow> images; // Ascending; empty if they are only in the file.
        bool isInMemory = true;
        quint64 ticket = 0; // When this one is written, so are all images.
    };
    [[nodiscard]] const Step &stepAt(bool back) const
    {
        return m_steps[back ? m_done - 1 : m_done];
    }
    [[nodiscard]] Step &stepAt(bool back) { return m_steps[back ? m_done - 1 : m_done]; }
    [[nodiscard]] ChangeStore *store() const { return m_rows.store(); }
    void store(int step, const NumberedRow &image);
    void dropRedo();

    ChangeRows &m_rows;
    std::vector<Step> m_steps;
    size_t m_done = 0; // Steps before it are done, the others undone.
    Step m_open;
    QString m_openName;
    QSet<qint64> m_openRows;
    QHash<RowKey, qint64> m_dropped;
    quint64 m_written = 0;
    std::optional<Error> m_fault;
};

} // namespace hubkeeper
