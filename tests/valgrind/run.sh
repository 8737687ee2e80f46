#!/usr/bin/env bash
# A test program under memcheck; an error in it, or memory that nothing points to any more at its end, fails.
#   tests/valgrind/run.sh VALGRIND PROGRAM [OPTIONS…]
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
valgrind=$1; shift
# What is still pointed to when the program ends (tables of libraries) is no leak.
exec "$valgrind" --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
  --num-callers=30 --suppressions="$here/suppressions" "$@"
