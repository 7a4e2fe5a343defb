// hubbub torture: a server of its own, broken at random, and the proof that nothing was lost.
#include "app/torture_command.h"

#include <CLI/CLI.hpp>

#include "torture/run.h"

namespace hubbub {

void TortureFlags::add_to(CLI::App& app) {
  command_ = app.add_subcommand(
      "torture", "start a server of its own, break it at random, and prove that nothing is lost");
  command_->footer(
      "Kills, freezes and stops the server, cuts and stalls its clients, and takes its disk and "
      "its\n"
      "database away, all in a folder of its own and on loopback. Then a checker that shares no "
      "code\n"
      "with the server compares what clients noted with what is stored (docs/reliability.md).\n"
      "Exit status: 0 all was as promised, 1 it was not, 2 it could not be tried.");
  command_->add_option("--seconds", seconds_, "for how long")
      ->check(CLI::Range(1, 24 * 3600))
      ->capture_default_str();
  command_
      ->add_option("--store", store_, "sqlite or postgresql (Debian's, run as a user of its own)")
      ->check(CLI::IsMember({"sqlite", "postgresql"}))
      ->capture_default_str();
  command_->add_option("--seed", options_.seed, "of an earlier run, to do the same again");
  command_
      ->add_option("--server", options_.server, "the server to torture; this program if not given")
      ->check(CLI::ExistingFile);
  command_->add_option("--folder", options_.parent_folder, "where the run's folder is made")
      ->check(CLI::ExistingDirectory);
  command_->add_flag("--keep", options_.keeps_folder, "keep the run's folder though all was well");
  command_->add_option("--writers", options_.writers)
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command_->add_option("--readers", options_.readers)
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command_
      ->add_option("--old-clients", options_.old_clients, "who read and write in the old protocol")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  command_->add_option("--rate", options_.rate, "messages a second, of all together")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

bool TortureFlags::is_used() const { return command_->parsed(); }

int TortureFlags::run() const {
  auto options = options_;
  options.duration = std::chrono::seconds(seconds_);
  options.store = store_ == "sqlite" ? torture::Store::kSqlite : torture::Store::kPostgresql;
  return torture::run(options);
}

}  // namespace hubbub
