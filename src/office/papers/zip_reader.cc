#include "office/papers/zip_reader.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"

namespace koshi::papers {
namespace {

constexpr std::string_view kLocalHeader = "PK\x03\x04";
constexpr size_t kNameMaxBytes = 255;
constexpr unsigned long kEncrypted = 1;
constexpr unsigned long kStored = 0;
constexpr unsigned long kDeflated = 8;

struct Memory {
  std::string_view bytes;
  size_t at = 0;
};

Memory& memory(voidpf stream) {
  return *static_cast<Memory*>(stream);
}

voidpf open_memory(voidpf opaque, const void* /*name*/, int /*mode*/) {
  memory(opaque).at = 0;
  return opaque;
}

uLong read_memory(voidpf /*opaque*/, voidpf stream, void* out, uLong size) {
  Memory& from = memory(stream);
  const size_t count = std::min<size_t>(size, from.bytes.size() - from.at);
  std::memcpy(out, from.bytes.data() + from.at, count);
  from.at += count;
  return count;
}

uLong write_memory(voidpf /*opaque*/, voidpf /*stream*/, const void* /*from*/, uLong /*size*/) {
  return 0;
}

ZPOS64_T tell_memory(voidpf /*opaque*/, voidpf stream) {
  return memory(stream).at;
}

long seek_memory(voidpf /*opaque*/, voidpf stream, ZPOS64_T offset, int origin) {
  Memory& in = memory(stream);
  size_t base = 0;
  if (origin == ZLIB_FILEFUNC_SEEK_CUR) base = in.at;
  if (origin == ZLIB_FILEFUNC_SEEK_END) base = in.bytes.size();
  if (offset > in.bytes.size() - base) return -1;
  in.at = base + offset;
  return 0;
}

int close_memory(voidpf /*opaque*/, voidpf /*stream*/) {
  return 0;
}

int no_error(voidpf /*opaque*/, voidpf /*stream*/) {
  return 0;
}

}  // namespace

struct ZipReader::Source {
  Memory memory;
  unzFile file = nullptr;
  ~Source() {
    if (file != nullptr) unzClose(file);
  }
};

ZipReader::ZipReader() : source_(std::make_unique<Source>()) {}
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader& ZipReader::operator=(ZipReader&&) noexcept = default;
ZipReader::~ZipReader() = default;

Result<ZipReader> ZipReader::open(std::string_view bytes, const ZipLimits& limits) {
  if (!bytes.starts_with(kLocalHeader)) return fail("the file is not a zip archive");
  ZipReader out;
  out.source_->memory.bytes = bytes;
  out.left_ = limits.inflated_bytes;
  zlib_filefunc64_def functions{.zopen64_file = open_memory,
                                .zread_file = read_memory,
                                .zwrite_file = write_memory,
                                .ztell64_file = tell_memory,
                                .zseek64_file = seek_memory,
                                .zclose_file = close_memory,
                                .zerror_file = no_error,
                                .opaque = &out.source_->memory};
  out.source_->file = unzOpen2_64(nullptr, &functions);
  if (out.source_->file == nullptr) return fail("the zip archive is damaged or cut off; send the file again");
  TRY_DO(out.list(limits.entries));
  return out;
}

Result<void> ZipReader::list(size_t entries_max) {
  unz_global_info64 info{};
  if (unzGetGlobalInfo64(source_->file, &info) != UNZ_OK) return fail("the zip archive is damaged");
  if (info.number_entry > entries_max) {
    return fail("the zip archive has more than " + std::to_string(entries_max) + " files inside");
  }
  int status = unzGoToFirstFile(source_->file);
  while (status == UNZ_OK) {
    // The count in the header is a claim only.
    if (entries_.size() == entries_max) return fail("the zip archive has more than " + std::to_string(entries_max) + " files inside");
    TRY_DO(add_current());
    status = unzGoToNextFile(source_->file);
  }
  if (status != UNZ_END_OF_LIST_OF_FILE || entries_.empty()) return fail("the zip archive is damaged");
  return {};
}

Result<void> ZipReader::add_current() {
  std::array<char, kNameMaxBytes + 1> name{};
  unz_file_info64 info{};
  if (unzGetCurrentFileInfo64(source_->file, &info, name.data(), kNameMaxBytes, nullptr, 0, nullptr, 0) != UNZ_OK) {
    return fail("the list of files in the zip archive is damaged");
  }
  if (info.size_filename == 0 || info.size_filename > kNameMaxBytes) return fail("a file in the zip archive has no name or one too long");
  const std::string key(name.data(), info.size_filename);
  if ((info.flag & kEncrypted) != 0) return fail("the file is locked with a password; remove it and send the file again");
  if (info.compression_method != kStored && info.compression_method != kDeflated) {
    return fail("the zip archive is packed in a way that is not read here");
  }
  unz64_file_pos place{};
  unzGetFilePos64(source_->file, &place);
  const Place at{.directory_offset = place.pos_in_zip_directory, .index = place.num_of_file};
  if (!entries_.emplace(key, at).second) return fail("the zip archive holds " + json_string(key) + " twice");
  return {};
}

Result<std::string> ZipReader::read(std::string_view name) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return fail("the part " + json_string(name) + " is missing");
  const auto damaged = [&] { return fail("the part " + json_string(name) + " is damaged; send the file again"); };
  unz64_file_pos place{.pos_in_zip_directory = found->second.directory_offset, .num_of_file = found->second.index};
  if (unzGoToFilePos64(source_->file, &place) != UNZ_OK || unzOpenCurrentFile(source_->file) != UNZ_OK) return damaged();
  std::string out;
  std::string chunk(64u << 10, '\0');
  int count = 0;
  while ((count = unzReadCurrentFile(source_->file, chunk.data(), static_cast<unsigned>(chunk.size()))) > 0) {
    const auto size = static_cast<size_t>(count);
    if (size > left_) {
      unzCloseCurrentFile(source_->file);
      return fail("the file unfolds into more than is taken here; divide it");
    }
    left_ -= size;
    out.append(chunk, 0, size);
  }
  const bool whole = unzCloseCurrentFile(source_->file) == UNZ_OK;  // compares the checksum
  if (count < 0 || !whole) return damaged();
  return out;
}

}  // namespace koshi::papers
