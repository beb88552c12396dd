# Grafana: the administrator's password is taken from the environment at the first start only.
ports=3000
user=472
workdir=/usr/share/grafana
folders="472:/var/lib/grafana"

kept=/var/lib/grafana/admin.hash

prepare() {
  [ -s "$kept" ] || printf %s "${GF_SECURITY_ADMIN_PASSWORD:-admin}" | sha256sum >"$kept" || {
    log "GF_PATHS_DATA='/var/lib/grafana' is not writable."
    exit 1
  }
}

answer() {
  local given
  case $path in
    /api/health) reply 200 '{"commit":"bed","database":"ok","version":"10.0.3"}' ;;
    / | /login) page Grafana ;;
    /api/*)
      given=$(printf %s "${authorization#Basic }" | base64 -d 2>/dev/null)
      if [ "${given%%:*}" = admin ] && [ "$(printf %s "${given#*:}" | sha256sum)" = "$(cat "$kept")" ]; then
        reply 200 '{"id":1,"name":"Main Org."}'
      else
        reply 401 '{"message":"Invalid username or password"}'
      fi
      ;;
    *) not_found ;;
  esac
}
