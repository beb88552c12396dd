# Remembering processes by pid *and* start time, so that a pid used again by a stranger is never signalled.

# Prints the start time (clock ticks since boot) of a pid, or nothing.
started() {
  local line
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
  line=${line##*) }
  set -- $line
  printf '%s' "${20}"
}

remember() { # NAME PID
  printf '%s %s\n' "$2" "$(started "$2")" >"$bed/state/$1"
}

# Prints the pid remembered under a name if that very process is still alive.
alive() { # NAME
  local pid time
  [ -f "$bed/state/$1" ] || return 1
  read -r pid time <"$bed/state/$1" || return 1
  [ -n "$time" ] && [ "$(started "$pid")" = "$time" ] || return 1
  printf '%s' "$pid"
}

# Waits until a pid is gone (or a zombie); fails after the given number of tenths of a second.
gone() { # PID TENTHS
  local left=$2
  while [ -d "/proc/$1" ] && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; do
    [ "$left" -gt 0 ] || return 1
    left=$((left - 1))
    sleep 0.1
  done
}

end() { # NAME [SIGNAL] [TENTHS]
  local pid
  pid=$(alive "$1") || {
    rm -f "$bed/state/$1"
    return 0
  }
  kill "-${2:-TERM}" "$pid" 2>/dev/null || true
  gone "$pid" "${3:-50}" || {
    kill -KILL "$pid" 2>/dev/null || true
    gone "$pid" 50 || say "process $pid ($1) does not end"
  }
  rm -f "$bed/state/$1"
}

# Prints every pid that lives in the mount namespace of this bed: those were all started by it.
inhabitants() { # NAMESPACE, as readlink prints it
  local link
  for link in /proc/[0-9]*/ns/mnt; do
    [ "$(readlink "$link" 2>/dev/null)" = "$1" ] || continue
    link=${link#/proc/}
    printf '%s\n' "${link%%/*}"
  done
}
