#!/usr/bin/env bash
# Runs the tests that open index files from a mapped view under valgrind's memcheck; any finding fails.
#
# The checks of every single byte take hours under memcheck and touch no other code than those that are run.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "valgrind is not installed (apt-get install valgrind)"; exit 1; }
binary=$(cargo test --release --package names --test engine --no-run 2>&1 | sed -n 's/.*(\(target.*\))$/\1/p')
for tests in mapped:: build:: file::each_kind file::the_file_keeps file::equal_identifiers; do
    valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
        "$binary" --test-threads=1 "$tests"
done
