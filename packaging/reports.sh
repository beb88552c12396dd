# shellcheck shell=bash
# Reads what the test runner wrote. Sourced by ./check.

# Prints "tests failed skipped" summed over the reports in the folders given.
# shellcheck disable=SC2016 # awk expands these
count_tests() {
  local folder
  for folder in "$@"; do
    [[ -d $folder ]] && find "$folder" -maxdepth 1 -name 'TEST-*.xml' -print0
  done | xargs -0 -r awk '
    function attribute(name,   from) {
      if (!match($0, " " name "=\"[0-9]+\"")) return 0
      from = RSTART + length(name) + 3
      return substr($0, from, RLENGTH - length(name) - 4) + 0
    }
    BEGIN { RS = ">" }
    /<testsuite[ \n]/ {
      gsub(/\n/, " ")
      tests += attribute("tests"); failed += attribute("failures") + attribute("errors")
      skipped += attribute("skipped")
    }
    END { print tests + 0, failed + 0, skipped + 0 }' | awk '
    { tests += $1; failed += $2; skipped += $3 }
    END { print tests + 0, failed + 0, skipped + 0 }'
}

# Prints, each once, what the tests said that this machine cannot prove.
list_unproven() {
  local folder
  for folder in "$@"; do
    [[ -d $folder ]] && find "$folder" -maxdepth 1 -name '*-output.txt' -print0
  done | { xargs -0 -r grep -ho 'unproven: .*' || true; } | sort -u
}

# Prints the hash of the committed tree without docs/evidence, so that evidence can be committed with what it proves.
evidence_tree() {
  local index
  index=$(mktemp -d)
  GIT_INDEX_FILE=$index/index git read-tree HEAD
  GIT_INDEX_FILE=$index/index git rm -r -q --cached --ignore-unmatch docs/evidence
  GIT_INDEX_FILE=$index/index git write-tree
  rm -rf "$index"
}
