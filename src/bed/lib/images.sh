# Images without a registry. Layers are made from the machine's own Debian binaries and from the recipes in images/; one
# archive holds all of them with the configuration of every image, so that one `docker load` brings them all. The name of
# the archive is the hash of everything it is made from: what did not change is not made again.

recipes=$here/images

images_hash() {
  {
    find "$recipes" -type f | sort | xargs sha256sum | sed "s#$recipes##"
    sha256sum <"$here/lib/images.sh"
    dpkg-query -W -f '${Package} ${Version}\n' busybox-static postgresql-15 nginx redis-server redis-tools sqlite3 libsqlite3-0 \
      libpq5 libc6 libssl3 util-linux 2>/dev/null
    postgres_home
  } | sha256sum | cut -c1-16
}

images_archive() { printf '%s/images-%s.tar' "$cache" "$(images_hash)"; }

images_list() { grep -hv '^#' "$recipes/list" | awk 'NF { print $1 "\t" $2 }' | sort; }

images_build() {
  local archive
  archive=$(images_archive)
  [ -s "$archive" ] && return 0
  say "building the images (once; later starts take them from $cache)"
  local work=$cache/build.$$
  rm -rf "$work"
  mkdir -p "$work/out"
  (build_all "$work") >"$bed/log/images.log" 2>&1 || {
    tail -20 "$bed/log/images.log" >&2
    rm -rf "$work"
    fail "the images could not be built; see $bed/log/images.log"
  }
  tar -C "$work/out" -cf "$archive.new" .
  mv "$archive.new" "$archive"
  rm -rf "$work"
  find "$cache" -maxdepth 1 -name 'images-*.tar' ! -path "$archive" -delete
}

images_load() {
  local archive name
  archive=$(images_archive)
  name=quayside-bed/loaded:$(basename "$archive" .tar)
  bed_docker image inspect "$name" >/dev/null 2>&1 && return 0
  say "loading $(images_list | wc -l) images"
  bed_docker load -q -i "$archive" >"$bed/log/load.log" 2>&1 || {
    tail -5 "$bed/log/load.log" >&2
    fail "the images could not be loaded"
  }
  references_by_digest
  # What the images of an earlier recipe leave behind.
  bed_docker images --format '{{.Repository}}:{{.Tag}}' quayside-bed/loaded | xargs -r env DOCKER_HOST="unix://$socket" "$(docker_cli)" rmi >/dev/null
  bed_docker image prune -f >/dev/null
  bed_docker tag quayside-bed/base:1 "$name"
}

# A reference of the form name:tag@sha256:… is only found by its digest, and only a pull records one. The store of
# references is therefore completed while the engine is stopped.
references_by_digest() {
  local file=$bed/data/image/overlay2/repositories.json name digest tagged id changed=
  [ -f "$file" ] || return 0
  while read -r tagged digest; do
    name=${tagged%:*}
    id=$(bed_docker image inspect -f '{{.Id}}' "$tagged")
    grep -qF "\"$name@$digest\":\"$id\"" "$file" && continue
    [ -n "$changed" ] || end dockerd TERM 300
    changed=yes
    sed -i -e "s#,\"$name@$digest\":\"[^\"]*\"##" -e "s#\"$tagged\":\"$id\"#\"$tagged\":\"$id\",\"$name@$digest\":\"$id\"#" "$file"
  done < <(awk '!/^#/ && $3 ~ /^sha256:/ { print $1, $3 }' "$recipes/list")
  [ -z "$changed" ] || engine_up
}

# Copies programs with every library they are linked to into ROOT, at the paths they have here.
copy_programs() { # ROOT FILE…
  local root=$1 file library
  shift
  for file in "$@"; do
    mkdir -p "$root$(dirname "$file")"
    cp -L "$file" "$root$file"
    ldd "$file" 2>/dev/null | awk '/=> \// { print $3 } /^\t\/lib/ { print $1 }'
  done | sort -u | while read -r library; do
    [ -e "$root$library" ] && continue
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
}

# Turns a folder into a layer: reproducible, so that the same content has the same digest everywhere.
layer() { # WORK NAME
  chmod 755 "$1/$2"
  find "$1/$2" -type d -perm /022 ! -perm /1000 -exec chmod go-w {} +
  mkdir -p "$1/out/$2"
  tar -C "$1/$2" --sort=name --mtime=@1700000000 --numeric-owner --format=gnu -cf "$1/out/$2/layer.tar" .
  sha256sum <"$1/out/$2/layer.tar" | cut -d' ' -f1 >"$1/$2.digest"
  rm -rf "${1:?}/$2"
}

build_all() { # WORK
  set -e
  local work=$1 kind name first=yes
  umask 022
  for name in base standin tools postgres nginx redis; do
    mkdir "$work/$name"
    "layer_$name" "$work/$name"
    layer "$work" "$name"
  done
  for kind in "$recipes"/kinds/*.sh; do
    name=kind-$(basename "$kind" .sh)
    kind_layer "$work/$name" "$kind"
    layer "$work" "$name"
  done
  while read -r kind; do
    name=options-$(options_name "$kind")
    mkdir -p "$work/$name/standin"
    options "$kind" >"$work/$name/standin/options"
    layer "$work" "$name"
  done < <(images_list | cut -f2 | grep : | sort -u)
  printf '[' >"$work/out/manifest.json"
  while read -r name kind _; do
    [ -n "$kind" ] || { echo "no kind for $name"; exit 1; }
    image_configuration "$work" "$name" "$kind" "$first"
    first=
  done < <(images_list)
  printf ']\n' >>"$work/out/manifest.json"
}

# What one kind adds: which of the kinds it is, its programs, and folders with owners of their own ("id:path" words).
kind_layer() { # ROOT KINDFILE
  local folders programs pair program
  # shellcheck source=/dev/null
  folders=$(. "$2" && printf %s "${folders:-}")
  # shellcheck source=/dev/null
  programs=$(. "$2" && printf %s "${programs:-}")
  mkdir -p "$1/standin" "$1/usr/local/bin"
  ln -s "kinds/${2##*/}" "$1/standin/kind.sh"
  for program in $programs; do
    cp "$recipes/programs/$program" "$1/usr/local/bin/"
    chmod 755 "$1/usr/local/bin/$program"
  done
  chown -R 0:0 "$1"
  for pair in $folders; do
    mkdir -p "$1/${pair#*:/}"
    chown -R "${pair%%:*}:${pair%%:*}" "$1/${pair#*:/}"
  done
}

# KIND:PORT[,PORT][:HEALTHPATH[:VARIABLE]] as a layer's name and as the file its stand-in reads.
options_name() { printf %s "$1" | tr -c 'a-zA-Z0-9' -; }

options() {
  local port path variable
  IFS=: read -r _ port path variable <<<"$1"
  printf "ports='%s'\n" "${port//,/ }"
  [ -z "$path" ] || printf "export STANDIN_HEALTH='%s'\n" "$path"
  [ -z "$variable" ] || printf "export STANDIN_KEY_VARIABLE='%s'\n" "$variable"
}

json() { # VALUE: as a JSON string
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

json_list() {
  local separator=
  printf '['
  while [ $# -gt 0 ]; do
    printf '%s' "$separator"
    json "$1"
    separator=,
    shift
  done
  printf ']'
}

json_words() { # WORDS, with | between them
  local words=()
  IFS='|' read -r -a words <<<"$1"
  json_list "${words[@]}"
}

image_configuration() { # WORK NAME KIND FIRST
  local work=$1 name=$2 kind=${3%%:*} digest file separator="" l port path
  (
    layers="base standin" ports='' user='' workdir=/ volumes='' stop=SIGTERM
    entrypoint=/standin/serve command='' environment=''
    # shellcheck source=/dev/null
    . "$recipes/kinds/$kind.sh"
    layers="$layers kind-$kind"
    IFS=: read -r _ port _ <<<"$3"
    if [ -n "$port" ]; then
      ports=${port//,/ }
      layers="$layers options-$(options_name "$3")"
    fi
    file=$work/config.json
    {
      printf '{"architecture":"amd64","os":"linux","created":"2023-11-14T22:13:20Z","config":{'
      printf '"Env":'
      json_list "PATH=${path_extra:+$path_extra:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" $environment
      printf ',"Entrypoint":'
      json_words "$entrypoint"
      [ -z "$command" ] || {
        printf ',"Cmd":'
        json_words "$command"
      }
      printf ',"WorkingDir":"%s","User":"%s","StopSignal":"%s"' "$workdir" "$user" "$stop"
      printf ',"Labels":{"dev.quayside.bed.kind":"%s"}' "$kind"
      printf ',"ExposedPorts":{'
      for port in $ports; do
        printf '%s"%s/tcp":{}' "$separator" "$port"
        separator=,
      done
      printf '}'
      separator=
      printf ',"Volumes":{'
      for path in $volumes; do
        printf '%s"%s":{}' "$separator" "$path"
        separator=,
      done
      printf '}},"rootfs":{"type":"layers","diff_ids":['
      separator=
      for l in $layers; do
        printf '%s"sha256:%s"' "$separator" "$(cat "$work/$l.digest")"
        separator=,
      done
      printf ']},"history":['
      separator=
      for l in $layers; do
        printf '%s{"created":"2023-11-14T22:13:20Z","created_by":"bed layer %s"}' "$separator" "$l"
        separator=,
      done
      printf ']}'
    } >"$file"
    digest=$(sha256sum <"$file" | cut -d' ' -f1)
    mv "$file" "$work/out/$digest.json"
    [ -n "$4" ] || printf ',' >>"$work/out/manifest.json"
    printf '{"Config":"%s.json","RepoTags":["%s"],"Layers":[' "$digest" "$name" >>"$work/out/manifest.json"
    separator=
    for l in $layers; do
      printf '%s"%s/layer.tar"' "$separator" "$l" >>"$work/out/manifest.json"
      separator=,
    done
    printf ']}' >>"$work/out/manifest.json"
  )
}

layer_base() { # ROOT
  local root=$1 applet
  mkdir -p "$root"/{bin,sbin,usr/bin,usr/sbin,usr/local/bin,usr/local/sbin,etc,root,run,tmp,var/log,var/tmp,var/lib,proc,sys,dev,home/node}
  ln -s ../run "$root/var/run"
  chmod 1777 "$root/tmp" "$root/var/tmp"
  chmod 700 "$root/root"
  cp -L "$(command -v busybox)" "$root/bin/busybox"
  for applet in $(busybox --list); do
    [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
  done
  ln -s ../../bin/env "$root/usr/bin/env"
  cat >"$root/etc/passwd" <<'TEXT'
root:x:0:0:root:/root:/bin/sh
nginx:x:101:101:nginx:/var/cache/nginx:/bin/false
postgres:x:999:999:PostgreSQL:/var/lib/postgresql:/bin/sh
redis:x:998:998:Redis:/data:/bin/false
node:x:1000:1000:node:/home/node:/bin/sh
nobody:x:65534:65534:nobody:/nonexistent:/bin/false
TEXT
  awk -F: '{ print $1 ":x:" $4 ":" }' "$root/etc/passwd" >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
  chown -R 1000:1000 "$root/home/node"
}

layer_standin() { # ROOT
  mkdir -p "$1/standin/kinds"
  cp "$recipes"/standin/* "$1/standin/"
  cp "$recipes"/kinds/*.sh "$1/standin/kinds/"
  chmod 755 "$1"/standin/serve "$1"/standin/handle
  # Where wrapper scripts of a stack expect the image's own start script.
  ln -s standin/serve "$1/docker-entrypoint.sh"
  chown -R 0:0 "$1"
}

# psql and sqlite3, for stand-ins that prove a real login or keep a real database; setpriv to drop rights for good.
layer_tools() { # ROOT
  local root=$1
  copy_programs "$root" /usr/bin/sqlite3 "$(postgres_home)/bin/psql" "$(postgres_home)/bin/pg_isready" /usr/bin/setpriv
  mkdir -p "$root/usr/local/bin"
  ln -s "$(postgres_home)/bin/psql" "$root/usr/local/bin/psql"
  ln -s "$(postgres_home)/bin/pg_isready" "$root/usr/local/bin/pg_isready"
}

layer_postgres() { # ROOT
  local root=$1 home major file
  home=$(postgres_home)
  major=${home##*/}
  mkdir -p "$root$home" "$root/usr/share/postgresql" "$root/usr/share/zoneinfo" "$root/usr/lib/locale" \
    "$root/docker-entrypoint-initdb.d" "$root/usr/local/bin" "$root/run/postgresql" "$root/var/lib/postgresql/data"
  cp -a "$home/." "$root$home/"
  # The just-in-time compiler would bring 110 MB of LLVM along; the server runs without it.
  rm -rf "$root$home"/lib/llvmjit* "$root$home/lib/bitcode" "$root$home/lib/pgxs"
  cp -aL "/usr/share/postgresql/$major" "$root/usr/share/postgresql/"
  rm -rf "$root/usr/share/postgresql/$major/man"
  # As the official image: reachable from the network, which asks for the password.
  sed -i "s/^#listen_addresses = .*/listen_addresses = '*'/" "$root/usr/share/postgresql/$major/postgresql.conf.sample"
  cp -L /usr/share/zoneinfo/UTC "$root/usr/share/zoneinfo/UTC"
  cp -aL /usr/lib/locale/C.utf8 "$root/usr/lib/locale/C.utf8"
  copy_programs "$root" "$home"/bin/* /usr/bin/setpriv
  # The libraries too: extensions link to things the server does not.
  for file in "$home"/lib/*.so; do
    case $file in */llvmjit*) ;; *) ldd "$file" 2>/dev/null | awk '/=> \// { print $3 }' ;; esac
  done | sort -u | while read -r file; do
    mkdir -p "$root$(dirname "$file")"
    [ -e "$root$file" ] || cp -L "$file" "$root$file"
  done
  ln -s "$home" "$root/usr/lib/postgresql/current"
  cp "$recipes/rootfs/postgres-entrypoint.sh" "$root/usr/local/bin/docker-entrypoint.sh"
  chmod 755 "$root/usr/local/bin/docker-entrypoint.sh"
  chown -R 0:0 "$root"
  chown 999:999 "$root/var/lib/postgresql" "$root/var/lib/postgresql/data" "$root/run/postgresql"
  chmod 3777 "$root/run/postgresql"
}

layer_nginx() { # ROOT
  local root=$1
  copy_programs "$root" "$(command -v nginx || echo /usr/sbin/nginx)"
  mkdir -p "$root"/{etc/nginx/conf.d,var/log/nginx,var/cache/nginx,var/lib/nginx,usr/share/nginx/html,run}
  cp /etc/nginx/mime.types "$root/etc/nginx/"
  cp "$recipes/rootfs/nginx.conf" "$root/etc/nginx/nginx.conf"
  cp "$recipes/rootfs/nginx-default.conf" "$root/etc/nginx/conf.d/default.conf"
  echo '<!doctype html><title>nginx</title><p>It works.' >"$root/usr/share/nginx/html/index.html"
  ln -s /dev/stdout "$root/var/log/nginx/access.log"
  ln -s /dev/stderr "$root/var/log/nginx/error.log"
  chown -R 0:0 "$root"
  chown -R 101:101 "$root/var/cache/nginx" "$root/var/lib/nginx"
}

layer_redis() { # ROOT
  local root=$1
  # redis-server is a link to redis-check-rdb: the program looks at the name it was called by.
  copy_programs "$root" "$(command -v redis-server)" "$(command -v redis-cli)" /usr/bin/setpriv
  mkdir -p "$root/data" "$root/usr/local/bin"
  cp "$recipes/rootfs/redis-entrypoint.sh" "$root/usr/local/bin/docker-entrypoint.sh"
  chmod 755 "$root/usr/local/bin/docker-entrypoint.sh"
  chown -R 0:0 "$root"
  chown 998:998 "$root/data"
}
