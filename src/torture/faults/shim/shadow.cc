#include "torture/faults/shim/shadow.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "torture/faults/shim/shadow_path.h"
#include "torture/faults/shim/system_calls.h"

namespace hubbub::torture {
namespace {

constexpr std::uint64_t kPagesMax = kTrackedBytesMax / kPageBytes;
constexpr std::uint64_t kWordBits = 64;
constexpr std::size_t kCopyBytes = 16 * kPageBytes;

// All bytes of [begin, end) that the file has.
void copy(int from, int to, std::uint64_t begin, std::uint64_t end) {
  char bytes[kCopyBytes];
  while (begin < end) {
    const auto wanted = end - begin < kCopyBytes ? end - begin : kCopyBytes;
    const ssize_t got = kernel::read(from, bytes, wanted, static_cast<off_t>(begin));
    if (got < 0) give_up("a file cannot be read");
    if (got == 0) return;
    for (ssize_t done = 0; done < got;) {
      const ssize_t put = kernel::write(to, bytes + done, static_cast<std::size_t>(got - done),
                                        static_cast<off_t>(begin) + done);
      if (put <= 0) give_up("a shadow cannot be written");
      done += put;
    }
    begin += static_cast<std::uint64_t>(got);
  }
}

// Under another name until it is whole: without a shadow the file still counts as durable.
int copy_of(const FaultControl& control, const char* name, int fd) {
  const ShadowPath unfinished(control, name, kUnfinished);
  const int made = unfinished.open(O_CREAT | O_TRUNC);
  if (made < 0) give_up("a shadow cannot be made");
  copy(fd, made, 0, size_of(fd));
  const ShadowPath path(control, name, kDurable);
  if (kernel::rename(AT_FDCWD, unfinished.text, AT_FDCWD, path.text) != 0) {
    give_up("a shadow cannot be named");
  }
  return made;
}

}  // namespace

std::uint64_t size_of(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) give_up("a file has no size");
  return static_cast<std::uint64_t>(status.st_size);
}

void give_up(const char* why) {
  for (const char* text : {"libhubbub_faults: ", why, "\n"}) {
    if (kernel::write(STDERR_FILENO, text, ::strlen(text)) < 0) break;
  }
  ::abort();
}

void Shadow::attach(const FaultControl& control, const char* name, int fd, bool is_new) {
  const int fresh = is_new ? O_CREAT : 0;
  const int bitmap = ShadowPath(control, name, kDirty).open(O_CREAT);
  if (bitmap < 0 || kernel::truncate(bitmap, kBitmapBytes) != 0) give_up("no bitmap");
  void* mapped = ::mmap(nullptr, kBitmapBytes, PROT_READ | PROT_WRITE, MAP_SHARED, bitmap, 0);
  if (mapped == MAP_FAILED) give_up("no memory for a bitmap");
  kernel::close(bitmap);
  marks_ = static_cast<std::uint64_t*>(mapped);
  durable_ = ShadowPath(control, name, kDurable).open(fresh);
  if (durable_ < 0) durable_ = copy_of(control, name, fd);
  // Marks of an earlier process may be anywhere.
  pages_begin_ = 0;
  pages_end_ = is_new ? 0 : kPagesMax;
}

void Shadow::detach() {
  ::munmap(marks_, kBitmapBytes);
  kernel::close(durable_);
  marks_ = nullptr;
  durable_ = -1;
}

void Shadow::mark(std::uint64_t begin, std::uint64_t end) {
  if (begin >= end) return;
  const auto first = begin / kPageBytes;
  const auto past = (end + kPageBytes - 1) / kPageBytes;
  for (auto page = first; page < past; ++page) marks_[page / kWordBits] |= 1ULL << page % kWordBits;
  if (pages_begin_ >= pages_end_) {
    pages_begin_ = first;
    pages_end_ = past;
  }
  if (first < pages_begin_) pages_begin_ = first;
  if (past > pages_end_) pages_end_ = past;
}

bool Shadow::is_marked(std::uint64_t page) const {
  return (marks_[page / kWordBits] >> page % kWordBits & 1U) != 0;
}

Shadow::Run Shadow::next_run(std::uint64_t page) const {
  while (page < pages_end_ && !is_marked(page)) {
    const bool is_word_empty = page % kWordBits == 0 && marks_[page / kWordBits] == 0;
    page += is_word_empty ? kWordBits : 1;
  }
  auto end = page;
  while (end < pages_end_ && is_marked(end)) ++end;
  return {page, end};
}

void Shadow::take(int fd) {
  for (auto run = next_run(pages_begin_); run.begin < run.end; run = next_run(run.end)) {
    copy(fd, durable_, run.begin * kPageBytes, run.end * kPageBytes);
  }
  const auto size = size_of(fd);
  if (size != size_of(durable_) && kernel::truncate(durable_, static_cast<off_t>(size)) != 0) {
    give_up("a shadow cannot be resized");
  }
  drop();
}

void Shadow::drop() {
  if (pages_begin_ < pages_end_) {
    const auto first = pages_begin_ / kWordBits;
    const auto past = (pages_end_ + kWordBits - 1) / kWordBits;
    for (auto word = first; word < past; ++word) {
      if (marks_[word] != 0) marks_[word] = 0;  // pages of zeros stay holes
    }
  }
  pages_begin_ = pages_end_ = 0;
}

}  // namespace hubbub::torture
