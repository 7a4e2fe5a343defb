#include "app/command_line.h"
#include "breakage.h"

int main(int argc, char** argv) {
  hubbub::broken::breakage();
  return hubbub::run_command_line(argc, argv);
}
