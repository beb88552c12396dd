# What the bed needs of the machine: Debian packages, all named at once when some are missing.

need_root() { [ "$(id -u)" = 0 ] || fail "this needs root (namespaces, an engine of its own): run it as root or with sudo"; }

need_tools() {
  local missing=() pair
  for pair in dockerd:docker.io containerd:containerd runc:runc busybox:busybox-static ip:iproute2 iptables:iptables \
    unshare:util-linux nsenter:util-linux setpriv:util-linux nginx:nginx-light redis-server:redis-server \
    sqlite3:sqlite3 postgresql-15:postgresql-15 ldd:libc-bin tar:tar curl:curl; do
    case $pair in
      postgresql-15:*) [ -x "$(postgres_home)/bin/initdb" ] || missing+=(postgresql) ;;
      busybox:*) case $(ldd "$(command -v busybox)" 2>&1 || true) in *"not a dynamic"*) ;; *) missing+=(busybox-static) ;; esac ;;
      *) command -v "${pair%%:*}" >/dev/null || [ -x "/usr/sbin/${pair%%:*}" ] || missing+=("${pair#*:}") ;;
    esac
  done
  [ ${#missing[@]} = 0 ] || fail "missing here: ${missing[*]}
bed: install with: apt-get install -y --no-install-recommends $(printf '%s\n' "${missing[@]}" | sort -u | tr '\n' ' ')"
}

# The folder of the newest PostgreSQL that this Debian has.
postgres_home() { ls -d /usr/lib/postgresql/*/ 2>/dev/null | sort -t/ -k5 -n | tail -1 | sed 's#/$##'; }

# Debian's own client first: it is the one a fresh machine has.
docker_cli() {
  if [ -x /usr/bin/docker ]; then echo /usr/bin/docker; else command -v docker; fi
}
