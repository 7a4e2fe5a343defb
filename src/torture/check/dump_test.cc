#include "torture/check/dump.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "torture/check/temporary_folder.h"
#include "torture/check/world.h"

namespace hubbub::torture {
namespace {

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

class DumpTest : public ::testing::Test {
 protected:
  DumpTest() {
    const std::uint32_t patient = world.writer(1, Manner::kPatient);
    const std::uint32_t old = world.writer(0, Manner::kOld);
    world.reader(0);
    world.old_reader(0);
    world.repeat(world.say(patient, 0));
    world.tell(patient, 0);
    world.say(old, 0);
    world.settle();
  }
  std::string dumped(const std::string& name) {
    const std::string to = folder.path() + "/run";
    dump(world.history, world.stored, world.judge(), to);
    return text_of_file(to + '/' + name);
  }

  TemporaryFolder folder;
  World world{2, 1};
};

TEST_F(DumpTest, AWriterHasWhatWasSentAndWhatWasAcknowledged) {
  EXPECT_EQ(dumped("writer-0-patient-sent.tsv"),
            "message\tlog\trecipient\tfirst_connection\ttries\trefusals\tsend_key\n"
            "0-1\tchannel-0\t\t1\t2\t0\tw0-1\n"
            "0-2\tinbox-1\ttorture-0\t2\t1\t0\tw0-2\n");
  EXPECT_EQ(dumped("writer-0-patient-acks.tsv"),
            "message\tlog\tepoch\tseq\tmessage_id\tconnection\trepeated\n"
            "0-1\tchannel-0\tepoch-of-channel-0\t1\t1\t1\tno\n"
            "0-1\tchannel-0\tepoch-of-channel-0\t1\t1\t2\tyes\n"
            "0-2\tinbox-1\tepoch-of-inbox-1\t1\t1\t2\tno\n");
}

TEST_F(DumpTest, AReaderHasWhereItBeganAndWhatItSaw) {
  EXPECT_EQ(dumped("reader-0-starts.tsv"),
            "log\tepoch\tseq\nchannel-0\tepoch-of-channel-0\t0\ninbox-0\tepoch-of-inbox-0\t0\n");
  EXPECT_EQ(dumped("reader-0-seen.tsv"),
            "log\tepoch\tseq\tmessage_id\tmessage\n"
            "channel-0\tepoch-of-channel-0\t1\t1\t0-1\n"
            "inbox-0\tepoch-of-inbox-0\t1\t1\t0-2\n"
            "channel-0\tepoch-of-channel-0\t2\t2\t1-1\n");
}

TEST_F(DumpTest, AnOldReaderHasWhatItWasShown) {
  EXPECT_EQ(dumped("old-reader-0-shown.tsv"),
            "connection\tlog\tcache_id\tmessage\n"
            "1\tchannel-0\t1\t0-1\n1\tinbox-0\t1\t0-2\n1\tchannel-0\t2\t1-1\n");
}

TEST_F(DumpTest, ALogHasItsEntriesAndAForeignTextStaysOneCell) {
  StoredEntry entry;
  entry.seq = 3;
  entry.foreign_text = "Hello\tall\n";
  world.entries_of(channel(0)).push_back(entry);
  EXPECT_EQ(dumped("log-channel-0.tsv"),
            "epoch\tseq\tmessage_id\towner_id\tsend_key\tmessage\tforeign_text\n"
            "epoch-of-channel-0\t1\t1\tid-torture-1\tw0-1\t0-1\t\n"
            "epoch-of-channel-0\t2\t2\tid-torture-0\t\t1-1\t\n"
            "epoch-of-channel-0\t3\t0\t\t\t\tHello all \n");
}

TEST_F(DumpTest, WhoIsWhoAndWhatWasComplainedOf) {
  world.history.readers[0].complaints.emplace_back("a gap");
  world.stored.complaints.emplace_back("page 3 is torn");
  EXPECT_EQ(dumped("cast.tsv"),
            "what\tindex\tname\tperson\nchannel\t0\tchannel-0\t\nwriter\t0\t\ttorture-1\n"
            "writer\t1\t\ttorture-0\nreader\t0\t\ttorture-0\nold reader\t0\t\ttorture-0\n");
  EXPECT_EQ(dumped("complaints.tsv"),
            "whose\tcomplaint\nreader 0\ta gap\ndatabase\tpage 3 is torn\n");
  EXPECT_EQ(dumped("findings.txt"),
            "unsound: the database: page 3 is torn\ncomplaint: reader 0: a gap\n");
}

TEST_F(DumpTest, AFileThatCannotBeWrittenIsAnError) {
  std::filesystem::create_directories(folder.path() + "/run/findings.txt");
  EXPECT_THROW(dump(world.history, world.stored, world.judge(), folder.path() + "/run"),
               std::runtime_error);
}

TEST_F(DumpTest, AFolderThatCannotBeMadeIsAnError) {
  std::ofstream(folder.path() + "/file") << "not a folder";
  EXPECT_THROW(dump(world.history, world.stored, world.judge(), folder.path() + "/file/run"),
               std::runtime_error);
}

}  // namespace
}  // namespace hubbub::torture
