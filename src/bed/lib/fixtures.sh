# Fixtures: stacks as people really have them. Each folder holds `invocation` (how its owner starts it), `stack/` (the files
# as they are, faults included), `bed.yml` (the one overlay: CPU counts, cpusets, memory, host ports) and, where the
# stack's owner would have made folders or modes, `prepare`.

fixture_list() {
  local name
  for name in "$here"/fixtures/*/; do
    name=$(basename "$name")
    fixture_read "$name"
    printf '%-8s %s\n' "$name" "$title"
  done
}

fixture_read() { # NAME
  [ -f "$here/fixtures/$1/invocation" ] || fail "there is no fixture '$1'; src/bed/bed fixtures lists them" 2
  title='' folder='' directory=. files='' env_file='' profiles='' project='' base='' flags=''
  after=()
  # shellcheck source=/dev/null
  . "$here/fixtures/$1/invocation"
}

fixture_copy() { # NAME DIR
  [ $# = 2 ] || fail "fixture NAME DIR" 2
  fixture_read "$1"
  local target source overlay
  mkdir -p "$2"
  target=$(cd "$2" && pwd)
  [ ! -e "$target/$folder" ] || fail "$target/$folder is there already"
  for source in ${base:+"$here/fixtures/$base"} "$here/fixtures/$1"; do
    mkdir -p "$target/$folder"
    cp -R "$source/stack/." "$target/$folder/"
    for overlay in bed.yml quick.yml; do
      [ ! -f "$source/$overlay" ] || cp "$source/$overlay" "$target/$overlay"
    done
  done
  # Stored under another name, for otherwise it would hide the fixture's own files from this repository.
  [ ! -f "$target/$folder/dot-gitignore" ] || mv "$target/$folder/dot-gitignore" "$target/$folder/.gitignore"
  for source in ${base:+"$here/fixtures/$base"} "$here/fixtures/$1"; do
    [ ! -f "$source/prepare" ] || (cd "$target/$folder" && sh -eu "$source/prepare")
  done
  fixture_arguments "$1" "$target"
  printf 'cd %q && docker compose' "$(realpath -m "$target/$folder/$directory")"
  printf ' %q' "${arguments[@]}" up -d
  printf '\n'
}

# Sets `arguments`, the words between `docker compose` and its verb, for a fixture copied below DIR.
fixture_arguments() { # NAME DIR
  local file profile
  fixture_read "$1"
  arguments=()
  # A stack may keep its list of files in a file of its own.
  [ -z "$flags" ] || files=$(sed 's/-f //g' "$2/$folder/$flags")
  [ -z "$project" ] || arguments+=(-p "$project")
  for file in $files; do arguments+=(-f "$file"); done
  [ ! -f "$2/bed.yml" ] || arguments+=(-f "$2/bed.yml")
  [ "${QUAYSIDE_BED_QUICK:-}" != yes ] || [ ! -f "$2/quick.yml" ] || arguments+=(-f "$2/quick.yml")
  [ -z "$env_file" ] || arguments+=(--env-file "$env_file")
  for profile in $profiles; do arguments+=(--profile "$profile"); done
}

# Prints the folder Compose is run in and then, one a line, the words between `docker compose` and its verb.
fixture_invocation() { # NAME DIR
  [ $# = 2 ] || fail "invocation NAME DIR" 2
  local target
  target=$(cd "$2" && pwd)
  fixture_arguments "$1" "$target"
  realpath -m "$target/$folder/$directory"
  printf '%s\n' "${arguments[@]}"
}

fixture_compose() { # NAME DIR ARG…
  [ $# -ge 3 ] || fail "compose NAME DIR ARG…" 2
  local name=$1 target step
  target=$(cd "$2" && pwd)
  shift 2
  fixture_arguments "$name" "$target"
  load_environment
  cd "$target/$folder/$directory" || exit 1
  docker compose "${arguments[@]}" "$@"
  # What the owner does after the start, for example creating containers that are started later.
  if [ "$1" = up ]; then
    for step in ${after[@]+"${after[@]}"}; do docker compose "${arguments[@]}" $step; done
  fi
}
