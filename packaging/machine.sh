# shellcheck shell=bash
# What ./quayside and ./check both need to know about the machine. Sourced, never run.
# Reads only; the one function that changes the machine is install_packages, and it asks first.

readonly LEAST_JDK=25

say() { printf '%s\n' "$*" >&2; }

# Prints the major version of the JDK in the folder $1, from its release file (no process is started).
jdk_major() {
  local line version
  [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
  while IFS= read -r line; do
    [[ $line == JAVA_VERSION=* ]] || continue
    version=${line#JAVA_VERSION=}
    version=${version//\"/}
    version=${version%%[!0-9]*}
    [[ -n $version ]] && printf '%s\n' "$version"
    return
  done <"$1/release"
  return 1
}

# Prints the folder of a JDK that is new enough: JAVA_HOME, then the PATH, then /usr/lib/jvm, newest last resort.
find_jdk() {
  local candidate on_path major best='' best_major=0
  on_path=$(command -v javac || true)
  [[ -n $on_path ]] && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path"; do
    [[ -n $candidate ]] || continue
    major=$(jdk_major "$candidate") || continue
    if ((major >= LEAST_JDK)); then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  # The oldest that is new enough: the one closest to what the tests ran on.
  for candidate in /usr/lib/jvm/*/; do
    candidate=${candidate%/}
    [[ -L $candidate ]] && continue
    major=$(jdk_major "$candidate") || continue
    if ((major >= LEAST_JDK)) && { ((best_major == 0)) || ((major < best_major)); }; then
      best=$candidate
      best_major=$major
    fi
  done
  [[ -n $best ]] && printf '%s\n' "$best"
}

has_command() { command -v "$1" >/dev/null 2>&1; }

# True where apt manages the packages.
is_debian() { has_command apt-get && has_command dpkg-query; }

# True if a shared library of the name $1 is known to the loader.
has_library() {
  local cache
  cache=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) || return 1
  [[ $cache == *"$1"* ]]
}

# Prints the first of the packages given that apt could install.
first_available_package() {
  local name
  for name in "$@"; do
    # A library that was renamed for 64-bit time stays known to apt as a virtual package: it has no candidate.
    if apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [0-9]'; then
      printf '%s\n' "$name"
      return 0
    fi
  done
  return 1
}

# Prints those of the packages given that are not installed.
packages_not_installed() {
  local name
  for name in "$@"; do
    # shellcheck disable=SC2016
    [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null) == ii* ]] || printf '%s\n' "$name"
  done
}

# Prints the command that installs the packages given, as this user has to type it.
install_command() {
  local prefix=''
  ((EUID == 0)) || prefix='sudo '
  printf '%sapt-get install -y --no-install-recommends %s\n' "$prefix" "$*"
}

# Shows the command that installs the packages and runs it on a yes. $1: yes, or empty to ask. Fails if it was not run.
install_packages() {
  local agreed=$1 answer=''
  shift
  local -a command=(apt-get install -y --no-install-recommends "$@")
  ((EUID == 0)) || command=(sudo "${command[@]}")
  say "  $(install_command "$@")"
  if [[ $agreed != yes ]]; then
    # Without a person at standard input the answer is no.
    [[ -t 0 ]] || return 1
    read -r -p 'Run this command now? [y/N] ' answer || return 1
    [[ $answer == [yY] || $answer == [yY][eE][sS] ]] || return 1
  fi
  DEBIAN_FRONTEND=noninteractive "${command[@]}" >&2
}

# Says that no JDK was found and what to do about it.
explain_missing_jdk() {
  local package
  say "Missing: a JDK, version $LEAST_JDK or newer (looked at JAVA_HOME, the PATH and /usr/lib/jvm)."
  if is_debian && package=$(first_available_package "temurin-$LEAST_JDK-jdk" "openjdk-$LEAST_JDK-jdk"); then
    say "Install it with:"
    say "  $(install_command "$package")"
  else
    say "Install Temurin $LEAST_JDK as https://adoptium.net/installation/linux/ describes, or unpack any JDK and set JAVA_HOME to it."
  fi
}
