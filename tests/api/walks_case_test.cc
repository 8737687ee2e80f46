#include <fstream>
#include <sstream>

#include "process.h"
#include "store/test_store.h"
#include "walk_door.h"

/// Every procedure of the law walked by `koshi case`: each step of the full paths is one run of the real program.
namespace koshi::office {
namespace {

class CommandDoor : public Door {
 public:
  CommandDoor(std::string data, std::filesystem::path keys) : data_(std::move(data)), keys_(std::move(keys)) {}

  void on(Date day) override {
    day_ = format_date(day);
    const Reply swept = run({"office", "sweep"}, "");
    EXPECT_EQ(swept.kind, Reply::Kind::kDone) << swept.said;
  }
  Reply open(const std::string& who, const std::string& procedure) override { return run({"case", "open", procedure}, who); }
  Reply show(const std::string& who, const DoorCase& item) override { return run({"case", "show", item.id}, who); }
  Reply give(const std::string& who, const DoorCase& item, const std::string& facts) override {
    return run({"case", "facts", item.id, "--facts", file("facts.json", facts)}, who);
  }
  Reply act(const std::string& who, const DoorCase& item, const std::string& action, const std::string& facts) override {
    return run({"case", "act", item.id, action, "--facts", file("facts.json", facts)}, who);
  }
  Reply attach(const std::string& who, const DoorCase& item, const std::string& kind) override {
    return run({"case", "attach", item.id, kind, file(kind + ".txt", "For trying out: " + kind + "\n")}, who);
  }

 private:
  std::string file(const std::string& name, const std::string& text) {
    std::ofstream(keys_ / name) << text;
    return (keys_ / name).string();
  }

  Reply run(std::vector<std::string> arguments, const std::string& who) {
    for (const std::string& part : {std::string("--on"), day_, std::string("--data"), data_, std::string("--keys"), keys_.string()}) {
      arguments.push_back(part);
    }
    const bool is_case = arguments[0] == "case";
    if (is_case) arguments.insert(arguments.end(), {"--as", who, "--brief"});
    Process process(arguments);
    const std::string line = process.line();
    Reply reply;
    reply.said = process.errors();
    const int status = process.wait();
    reply.kind = status == 0 ? Reply::Kind::kDone : status == 1 ? Reply::Kind::kRefused : Reply::Kind::kFailed;
    if (is_case && status == 0) std::istringstream(line) >> reply.id >> reply.state >> reply.version;
    return reply;
  }

  const std::string data_;
  const std::filesystem::path keys_;
  std::string day_;
};

TEST(WalksByCommands, GoAsTheLawSays) {
  const store::TestFolder folder;
  make_walk_office((folder / "office").string(), folder / "keys", "correct horse battery");
  CommandDoor door((folder / "office").string(), folder / "keys");
  DoorWalker walker(door);
  EXPECT_EQ(walker.play(steps_of_accounts({"full"})), "");
  RecordProperty("steps", static_cast<int>(walker.played()));
}

}  // namespace
}  // namespace koshi::office
