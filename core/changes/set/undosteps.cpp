// SPDX-License-Identifier: MIT
#include "changes/set/undosteps.h"

namespace hubkeeper {

namespace {

constexpr size_t mostImagesInMemory = 2000; // Of a step whose images are in the file, too.

bool isBefore(const NumberedRow &image, qint64 sequence)
{
    return image.sequence < sequence;
}

} // namespace

void UndoSteps::attach(const ChangeFile::Overview &overview)
{
    m_steps.clear();
    for (const StepTitle &title : overview.steps)
        m_steps.push_back({title, {}, false, 0});
    m_done = std::min(size_t(std::max(overview.stepsDone, 0)), m_steps.size());
    m_written = 0;
}

void UndoSteps::store(int step, const NumberedRow &image)
{
    if (store())
        store()->post([step, image](ChangeFile &file) { file.putImage(step, image); });
}

/// What was undone cannot come back once something else is done.
void UndoSteps::dropRedo()
{
    if (m_done == m_steps.size())
        return;
    m_steps.resize(m_done);
    if (store())
        store()->post([step = int(m_done)](ChangeFile &file) { file.dropStepsFrom(step); });
}

void UndoSteps::record(NumberedRow before, const QString &name)
{
    if (m_openName.isEmpty())
        m_openName = name;
    if (m_openRows.contains(before.sequence))
        return;
    if (m_openRows.isEmpty())
        dropRedo();
    m_openRows.insert(before.sequence);
    store(int(m_done), before);
    ++m_open.title.rows;
    std::vector<NumberedRow> &images = m_open.images;
    if (m_open.isInMemory && store() && images.size() >= mostImagesInMemory) {
        images.clear();
        m_open.isInMemory = false;
    }
    if (m_open.isInMemory) {
        images.insert(std::lower_bound(images.begin(), images.end(), before.sequence, isBefore),
                      std::move(before));
    }
}

void UndoSteps::close()
{
    if (!m_openRows.isEmpty()) {
        m_open.title.name = m_openName;
        if (store()) {
            m_open.ticket =
                store()->post([step = int(m_done), title = m_open.title](ChangeFile &file) {
                    file.putStep(step, title);
                    file.setStepsDone(step + 1);
                });
        }
        m_steps.push_back(std::move(m_open));
        ++m_done;
    }
    m_open = {};
    m_openRows.clear();
    m_dropped.clear();
    m_openName.clear();
}

void UndoSteps::forget()
{
    if (store() && (!m_steps.empty() || !m_openRows.isEmpty())) {
        store()->post([](ChangeFile &file) {
            file.dropStepsFrom(0);
            file.setStepsDone(0);
        });
    }
    m_steps.clear();
    m_done = 0;
    m_open = {};
    m_openRows.clear();
    m_dropped.clear();
}

void UndoSteps::adopt(const StepTitle &title)
{
    m_steps.resize(m_done);
    m_steps.push_back({title, {}, false, 0});
    ++m_done;
}

bool UndoSteps::isReady(bool back) const
{
    const Step &step = stepAt(back);
    return step.isInMemory || step.ticket <= m_written;
}

void UndoSteps::begin(bool back)
{
    if (!store())
        return;
    // Few images come to memory again, so that the way back need not wait for the writer.
    Step &step = stepAt(back);
    const int rows = step.title.rows;
    if (!step.isInMemory && isReady(back) && rows <= int(mostImagesInMemory)) {
        step.images = images(back, 0, rows);
        step.isInMemory = true;
    }
}

std::vector<NumberedRow> UndoSteps::images(bool back, qint64 first, int most)
{
    const Step &step = stepAt(back);
    if (!step.isInMemory) {
        auto images = store()->imagesFrom(int(&step - m_steps.data()), first, most);
        if (images)
            return std::move(*images);
        m_fault = images.error();
        return {};
    }
    const auto begin = std::lower_bound(step.images.begin(), step.images.end(), first, isBefore);
    const auto left = step.images.end() - begin;
    return {begin, begin + std::min<std::ptrdiff_t>(left, most)};
}

void UndoSteps::putImage(bool back, NumberedRow image)
{
    Step &step = stepAt(back);
    store(ChangeFile::swapStep, image);
    if (!step.isInMemory)
        return;
    const auto known =
        std::lower_bound(step.images.begin(), step.images.end(), image.sequence, isBefore);
    *known = std::move(image);
}

void UndoSteps::move(bool back)
{
    Step &step = stepAt(back);
    m_done = back ? m_done - 1 : m_done + 1;
    if (store()) {
        step.ticket = store()->post([number = int(&step - m_steps.data()), done = int(m_done)](
                                        ChangeFile &file) { file.endSwap(number, done); });
    }
}

void UndoSteps::onWritten(quint64 ticket)
{
    m_written = ticket;
    // From the newest: what was written earlier let go of its images earlier.
    for (auto step = m_steps.rbegin(); step != m_steps.rend(); ++step) {
        if (step->ticket > ticket)
            continue;
        if (!step->isInMemory)
            break;
        step->images.clear();
        step->images.shrink_to_fit();
        step->isInMemory = false;
    }
}

} // namespace hubkeeper
