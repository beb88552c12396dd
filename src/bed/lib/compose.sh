# Compose v2 without installing it: taken from the system when it is new enough, else the package of the next Debian
# release is downloaded with a private apt configuration and unpacked into the cache.

# Overlays of fixtures use `!override`, which needs this version.
compose_minimum=2.24.4

compose_plugin() { printf '%s' "$bed/docker-config/cli-plugins/docker-compose"; }

new_enough() { # FILE
  local version
  [ -x "$1" ] || return 1
  version=$("$1" version --short 2>/dev/null) || return 1
  version=${version#v}
  [ "$(printf '%s\n%s\n' "$compose_minimum" "${version%%[-+~]*}" | sort -V | head -1)" = "$compose_minimum" ]
}

compose_ready() {
  mkdir -p "$bed/docker-config/cli-plugins"
  [ -f "$bed/docker-config/config.json" ] || echo '{}' >"$bed/docker-config/config.json"
  local found candidate
  for candidate in "$cache/compose/docker-compose" /usr/libexec/docker/cli-plugins/docker-compose \
    /usr/lib/docker/cli-plugins/docker-compose /usr/local/lib/docker/cli-plugins/docker-compose \
    /usr/local/libexec/docker/cli-plugins/docker-compose; do
    new_enough "$candidate" && found=$candidate && break
  done
  if [ -z "${found:-}" ]; then
    compose_fetch
    found=$cache/compose/docker-compose
    new_enough "$found" || fail "the Compose that was fetched is older than $compose_minimum"
  fi
  cp -f "$found" "$(compose_plugin).new"
  mv -f "$(compose_plugin).new" "$(compose_plugin)"
}

# Prints `deb` lines for SUITE from the mirrors that serve this release's own suite, whatever style the sources have.
mirror_lines() { # CODENAME SUITE
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  {
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
      [ -f "$file" ] || continue
      awk -v own="$1" '$1 == "deb" { sub(/\[[^]]*\]/, ""); if ($3 == own) print $2 }' "$file"
    done
    for file in /etc/apt/sources.list.d/*.sources; do
      [ -f "$file" ] || continue
      awk -v own="$1" -v RS= '{
        uris = ""; suites = ""
        count = split($0, lines, "\n")
        for (i = 1; i <= count; i++) {
          if (lines[i] ~ /^URIs:/) uris = substr(lines[i], 6)
          if (lines[i] ~ /^Suites:/) suites = " " substr(lines[i], 8) " "
        }
        if (index(suites, " " own " ")) { split(uris, u, " "); for (j in u) print u[j] }
      }' "$file"
    done
  } | sort -u | while read -r uri; do
    if [ -f "$keyring" ]; then echo "deb [signed-by=$keyring] $uri $2 main"; else echo "deb $uri $2 main"; fi
  done
}

compose_fetch() {
  fetch_from_next_release docker-compose "$cache/compose.new"
  mkdir -p "$cache/compose"
  cp "$(find "$cache/compose.new" -type f -path '*/cli-plugins/docker-compose')" "$cache/compose/docker-compose"
  rm -rf "$cache/compose.new"
}

# Downloads the package PACKAGE of the next Debian release and unpacks it into FOLDER; nothing is installed.
fetch_from_next_release() { # PACKAGE FOLDER
  local codename next apt=$cache/apt-$1
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  case $codename in
    bullseye | bookworm) next=trixie ;;
    *) next=$codename ;;
  esac
  say "fetching $1 from Debian $next (nothing is installed)"
  rm -rf "$apt" "$2"
  mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$2"
  mirror_lines "$codename" "$next" >"$apt/sources.list"
  [ -s "$apt/sources.list" ] || fail "no Debian mirror for $codename in /etc/apt: $1 cannot be fetched"
  local options=(-o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt" -o "Dir::Cache::Archives=$apt/archives"
    -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
    -o Acquire::IndexTargets::deb::DEP-11-icons-small::DefaultEnabled=false
    -o Acquire::IndexTargets::deb::DEP-11-icons::DefaultEnabled=false
    -o APT::Sandbox::User=root -qq)
  apt-get "${options[@]}" update >"$bed/log/apt.log" 2>&1 || fail "apt could not read Debian $next; see $bed/log/apt.log"
  # By release: a package of this name may be installed here in another version.
  (cd "$apt" && apt-get "${options[@]}" -t "$next" download "$1") >>"$bed/log/apt.log" 2>&1 \
    || fail "apt could not download $1 of Debian $next; see $bed/log/apt.log"
  dpkg -x "$(compgen -G "$apt/$1_*.deb" | head -1)" "$2"
  rm -rf "$apt"
}
