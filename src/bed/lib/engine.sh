# The private engine: one holder process owns a network and a mount namespace; dockerd, a LAN host and everything run
# by `bed exec` live inside. Ending the holder's inhabitants ends the bed, and the kernel unmounts the rest.

bed_prepare() {
  mkdir -p "$bed"/{state,run,log,exec,data,hook,bin} "$cache"
  chmod 755 "$bed" "$bed/run"
  ln -sf "$(docker_cli)" "$bed/bin/docker"
  printf '#!/bin/sh\n# Stands in for the container toolkit: containers that ask for a GPU start without one.\nexit 0\n' \
    >"$bed/hook/nvidia-container-runtime-hook"
  chmod 755 "$bed/hook/nvidia-container-runtime-hook"
}

# Runs inside the fresh namespaces, before anything else.
holder_script='
set -e
bed=$1
# A private /run: the machine keeps its sockets and locks, and inside the bed the usual paths lead to the bed.
mkdir -p "$bed/mnt"
mount --bind /run "$bed/mnt"
mount -t tmpfs -o mode=755 tmpfs /run
for entry in "$bed"/mnt/* "$bed"/mnt/.[!.]*; do
  name=${entry##*/}
  case $name in docker | docker.sock | docker.pid | containerd | netns | xtables.lock) continue ;; esac
  if [ -L "$entry" ]; then cp -a "$entry" "/run/$name"
  elif [ -d "$entry" ]; then mkdir -p "/run/$name" && mount --rbind "$entry" "/run/$name"
  elif [ -e "$entry" ]; then : >"/run/$name" && mount --bind "$entry" "/run/$name"
  fi
done
umount -l "$bed/mnt"
ln -s "$bed/run/docker.sock" /run/docker.sock
# The engine writes a key file beside its configuration; here it goes to a throw-away folder.
mount -t tmpfs -o mode=755 tmpfs /etc/docker
# A container of a stack asks for this device; where the machine lacks it, its number alone is enough to be passed on.
[ -e /dev/net/tun ] || { mkdir -p /dev/net && mknod -m 666 /dev/net/tun c 10 200; } || true
ip link set lo up
echo ready >"$bed/state/holder.ready"
exec -a quayside-bed-holder sleep infinity
'

namespaces_up() {
  local pid
  rm -f "$bed/state/holder.ready"
  [ -d /etc/docker ] || {
    mkdir /etc/docker
    touch "$bed/state/made-etc-docker"
  }
  setsid unshare -n -m bash -c "$holder_script" bash "$bed" </dev/null >"$bed/log/holder.log" 2>&1 &
  pid=$!
  disown "$pid"
  remember holder "$pid"
  wait_for 100 test -f "$bed/state/holder.ready" || fail "the namespaces could not be made: $(cat "$bed/log/holder.log")"
  remember holder "$pid"
  readlink "/proc/$pid/ns/mnt" >"$bed/state/namespace"

  nsenter -t "$pid" -m setsid unshare -n bash -c 'ip link set lo up; exec -a quayside-bed-lan sleep infinity' \
    </dev/null >>"$bed/log/holder.log" 2>&1 &
  local lan=$!
  disown "$lan"
  wait_for 100 other_network "$lan" "$pid" || fail "the LAN host could not be made: $(cat "$bed/log/holder.log")"
  remember lan "$lan"
  nsenter -t "$pid" -n -m ip link add bed0 type veth peer name lan0 netns "$lan"
  nsenter -t "$pid" -n -m sh -e -c 'ip addr add 192.168.77.1/24 dev bed0; ip addr add fd77::1/64 dev bed0 nodad; ip link set bed0 up'
  nsenter -t "$lan" -n -m sh -e -c 'ip addr add 192.168.77.2/24 dev lan0; ip addr add fd77::2/64 dev lan0 nodad; ip link set lan0 up
    ip route add default via 192.168.77.1'
}

other_network() { # PID OTHER: a network namespace of its own, different from the other's and from ours
  local mine
  mine=$(readlink "/proc/$1/ns/net") && [ "$mine" != "$(readlink "/proc/$2/ns/net")" ] && [ "$mine" != "$(readlink /proc/self/ns/net)" ]
}

wait_for() { # TENTHS CMD…
  local left=$1
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 0.1
  done
}

# Prints the folder with the engine's programs: the machine's own, or with QUAYSIDE_BED_ENGINE=next those of the next
# Debian release, which have to know the machine's containerd and runc.
engine_programs() {
  case ${QUAYSIDE_BED_ENGINE:-own} in
    own) ;;
    next)
      [ -x "$cache/engine/usr/sbin/dockerd" ] || {
        fetch_from_next_release docker.io "$cache/engine.new" >&2
        rm -rf "$cache/engine"
        mv "$cache/engine.new" "$cache/engine"
      }
      printf '%s:' "$cache/engine/usr/sbin" "$cache/engine/usr/bin"
      ;;
    *) fail "QUAYSIDE_BED_ENGINE is '$QUAYSIDE_BED_ENGINE'; known are own and next" ;;
  esac
}

engine_answers() { curl -fsS --max-time 2 --unix-socket "$socket" http://engine/_ping; }

engine_up() {
  local holder programs group=()
  holder=$(alive holder) || fail "the bed is not up"
  programs=$(engine_programs) || exit 1
  getent group docker >/dev/null && group=(--group docker)
  cgroups_ready
  containerd_gone
  rm -f "$bed/run/docker.pid"
  nsenter -t "$holder" -n -m env PATH="$bed/hook:$programs/usr/sbin:/usr/bin:/sbin:/bin" DOCKER_RAMDISK= setsid dockerd \
    --config-file "$(daemon_file)" --data-root "$bed/data" --exec-root "$bed/exec" --pidfile "$bed/run/docker.pid" \
    -H "unix://$socket" "${group[@]}" --cgroup-parent "/$cgroup_parent" --exec-opt native.cgroupdriver=cgroupfs \
    </dev/null >>"$bed/log/dockerd.log" 2>&1 &
  local pid=$!
  disown "$pid"
  wait_for 300 engine_answers || {
    tail -20 "$bed/log/dockerd.log" >&2
    fail "the engine did not start; its log is $bed/log/dockerd.log"
  }
  remember dockerd "$(cat "$bed/run/docker.pid")"
}

# The engine's own containerd ends with it, but until somebody has collected it its pid still looks alive, and the next
# engine would wait for it in vain.
containerd_gone() {
  local file=$bed/exec/containerd/containerd.pid pid
  [ -f "$file" ] || return 0
  pid=$(cat "$file")
  if grep -qzF "$bed/exec/containerd/containerd.toml" "/proc/$pid/cmdline" 2>/dev/null; then
    gone "$pid" 30 || kill -KILL "$pid" 2>/dev/null || true
    gone "$pid" 50 || fail "the containerd of this bed ($pid) does not end"
  fi
  rm -f "$file"
}

daemon_file() {
  cat >"$bed/run/daemon.json" <<JSON
{ "runtimes": { "nvidia": { "path": "$(command -v runc || echo /usr/sbin/runc)" } },
  "log-driver": "json-file", "shutdown-timeout": 5, "registry-mirrors": [] }
JSON
  printf '%s' "$bed/run/daemon.json"
}

# On cgroup v2 the controllers have to be handed down to where the engine makes its groups.
cgroups_ready() {
  [ -f /sys/fs/cgroup/cgroup.controllers ] || return 0
  local controller
  for controller in cpuset cpu io memory pids; do
    echo "+$controller" 2>/dev/null >/sys/fs/cgroup/cgroup.subtree_control || true
  done
  for controller in cpu memory pids; do
    grep -qw "$controller" /sys/fs/cgroup/cgroup.subtree_control \
      || fail "cgroup v2: the controller '$controller' cannot be enabled here (is this a container without a delegated cgroup?)"
  done
}

bed_docker() { DOCKER_HOST=unix://$socket DOCKER_CONFIG=$bed/docker-config DOCKER_CONTEXT='' "$(docker_cli)" "$@"; }

bed_up() {
  need_root
  need_tools
  [ "${#socket}" -lt 100 ] || fail "the folder's path is too long for a socket: $bed"
  local begun=$SECONDS
  bed_prepare
  exec 8>"$bed/state/lock"
  flock -w 600 8 || fail "another command is working on this bed"
  { compose_ready; } 8>&- &
  local compose=$! was=up
  images_build 8>&-
  alive dockerd >/dev/null && engine_answers >/dev/null 2>&1 || {
    was=down
    { sweep && namespaces_up && engine_up; } 8>&-
  }
  wait "$compose" || fail "the bed is not ready: Compose is missing"
  images_load 8>&-
  if [ $was = up ]; then say "already up: $socket"; else say "up after $((SECONDS - begun)) s: $socket"; fi
}

bed_status() {
  if alive dockerd >/dev/null && engine_answers >/dev/null 2>&1; then
    echo "up   $socket   engine $(bed_docker version -f '{{.Server.Version}}')   $(bed_docker ps -q | wc -l) running"
  else
    echo "down $bed"
    return 1
  fi
}

# Ends what is left of this bed: first containers, then the engine, then every inhabitant of its mount namespace, then
# whatever still sits in its control group. Each of them was started by this bed.
sweep() {
  local namespace pid folder
  if engine_answers >/dev/null 2>&1; then
    bed_docker ps -aq | xargs -r env DOCKER_HOST="unix://$socket" "$(docker_cli)" rm -f -v >/dev/null 2>&1 || true
    bed_docker network ls -q -f type=custom | xargs -r env DOCKER_HOST="unix://$socket" "$(docker_cli)" network rm >/dev/null 2>&1 || true
    bed_docker volume ls -q | xargs -r env DOCKER_HOST="unix://$socket" "$(docker_cli)" volume rm -f >/dev/null 2>&1 || true
  fi
  end dockerd TERM 100
  namespace=$(cat "$bed/state/namespace" 2>/dev/null || true)
  if [ -n "$namespace" ] && [ "$namespace" != "$(readlink /proc/self/ns/mnt)" ]; then
    for pid in $(inhabitants "$namespace"); do kill -KILL "$pid" 2>/dev/null || true; done
  fi
  while read -r folder; do
    for pid in $(cat "$folder/cgroup.procs" 2>/dev/null); do kill -KILL "$pid" 2>/dev/null || true; done
  done < <(find /sys/fs/cgroup -type d -path "*/$cgroup_parent*" 2>/dev/null)
  end holder KILL
  end lan KILL
  wait_for 50 cgroups_removed || true
  [ -f "$bed/state/made-etc-docker" ] && rmdir /etc/docker 2>/dev/null
  rm -f "$socket" "$bed"/state/{namespace,holder.ready,made-etc-docker} "$bed/run/docker.pid"
}

cgroups_removed() {
  find /sys/fs/cgroup -depth -type d -path "*/$cgroup_parent*" -exec rmdir {} + 2>/dev/null
  [ -z "$(find /sys/fs/cgroup -type d -name "$cgroup_parent" 2>/dev/null)" ]
}

bed_down() {
  need_root
  [ -d "$bed/state" ] || {
    say "nothing to end in $bed"
    return 0
  }
  exec 8>"$bed/state/lock"
  flock -w 600 8 || fail "another command is working on this bed"
  sweep 8>&-
  if [ "${1:-}" = --purge ]; then
    rm -rf --one-file-system "${bed:?}"/{data,exec,cache,docker-config,log,run,hook,bin,mnt,state}
    rmdir "$bed" 2>/dev/null || true
  fi
  say "down: $bed"
}

bed_env() {
  local holder lan
  holder=$(alive holder) || fail "the bed is not up: run src/bed/bed up"
  lan=$(alive lan)
  cat <<TEXT
export QUAYSIDE_BED_DIR='$bed'
export QUAYSIDE_BED_SOCKET='$socket'
export QUAYSIDE_BED_COMPOSE='$bed/docker-config'
export QUAYSIDE_BED_SCRIPT='$here/bed'
export QUAYSIDE_BED_HOLDER='$holder'
export QUAYSIDE_BED_LAN='$lan'
export QUAYSIDE_BED_CGROUP='$cgroup_parent'
export DOCKER_HOST='unix://$socket'
export DOCKER_CONFIG='$bed/docker-config'
export PATH='$bed/bin:$PATH'
TEXT
}

load_environment() {
  local lines
  lines=$(bed_env) || exit 1
  eval "$lines"
}

inside='cd "$1" 2>/dev/null || cd /; shift; exec "$@"'

bed_exec() {
  [ $# -gt 0 ] || fail "exec what?" 2
  load_environment
  if [ "$(readlink /proc/self/ns/mnt)" = "$(readlink "/proc/$QUAYSIDE_BED_HOLDER/ns/mnt")" ]; then exec "$@"; fi
  need_root
  exec nsenter -t "$QUAYSIDE_BED_HOLDER" -n -m sh -c "$inside" sh "$PWD" "$@"
}

bed_user() {
  [ $# -gt 0 ] || fail "run what?" 2
  need_root
  bed_exec setpriv --reuid=12345 --regid=12345 --groups="$(getent group docker | cut -d: -f3)" --bounding-set=-all --inh-caps=-all \
    env HOME=/nonexistent "$@"
}

bed_lan() {
  [ $# -gt 0 ] || fail "run what?" 2
  need_root
  load_environment
  exec nsenter -t "$QUAYSIDE_BED_LAN" -n sh -c "$inside" sh "$PWD" "$@"
}

bed_engine() {
  need_root
  case ${1:-} in
    kill) end dockerd KILL ;;
    stop) end dockerd TERM 300 ;;
    start) alive dockerd >/dev/null || engine_up ;;
    restart)
      end dockerd TERM 300
      engine_up
      ;;
    *) fail "engine kill|stop|start|restart" 2 ;;
  esac
}
